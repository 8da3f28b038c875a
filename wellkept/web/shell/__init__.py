"""The frame every page stands in: layout, components, error pages."""
