"""HL7 FHIR R4: explanations of benefit, coverage and who they name (CARIN Blue Button 2.0, CMS Blue Button 2).

Serves U-17.
"""
