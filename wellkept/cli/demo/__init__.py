"""``wellkept demo``: both operators with made-up people, on this machine."""

from wellkept.cli.demo.run import command

__all__ = ["command"]
