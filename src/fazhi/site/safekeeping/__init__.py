"""Puts everything a site holds into one file, and brings it back: `fazhi backup` and `fazhi restore`.

The file is a tar archive. It holds every table's rows as text (not the tables: those are made by migrations), the files
folder, the keys, the anchors of the audit, and last a manifest that names each member with its size and SHA-256. Rows as
text go from any supported server to any other, between versions and between roles of other names; nothing but the
program itself is needed to make or to read them.
"""
