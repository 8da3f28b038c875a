"""Why files cannot be taken just now."""


class AnotherReaderError(Exception):
    """Another process is reading files of this operator."""
