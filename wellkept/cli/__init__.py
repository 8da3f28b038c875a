"""What an operator can say at a terminal.

Each command is a module of this package that holds a click command called ``command``; a module is read only when its
command is called, so that ``wellkept --help`` answers at once.

Serves B-08.
"""

import importlib
import importlib.util

import click

COMMANDS = {
    "agreements": "Agreements with organisations: list them.",
    "book": "A made-up book of business of any size, brought in.",
    "db": "The database: start, stop, migrate, back up, restore.",
    "demo": "Both operators with made-up people, on this machine.",
    "import": "Bring files in: X12 834, 837 and 835.",
    "ledger": "The ledger: seal and verify it.",
    "letters": "Print the letters that wait.",
    "links": "Links to other sites: look at them again, list them.",
    "mail": "Try our mails, and take those that come back.",
    "minors": "Work out again when minors' records become their own.",
    "operator": "Begin a new operator, with a policy of its own.",
    "outage": "The page a proxy shows while the portal does not answer.",
    "people": "Records that are one person's, and one that is two people's.",
    "policy": "What the published policy promises and what keeps it.",
    "proof": "Try to break every promise and keep what happened.",
    "serve": "Serve one operator.",
    "staff": "The people who work here: invite them.",
    "statistics": "Count a web server's log as visits are counted.",
    "vault": "The key-encryption keys: show, rotate and check them.",
    "verify": "Check a receipt, offline.",
    "why": "Explain a decision of the gate.",
}

# A word of the language cannot name a module, and a module of the standard library should keep its name.
MODULES = {"import": "imports", "operator": "operators"}


class Commands(click.Group):
    """A group that reads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands that this installation has."""
        del ctx
        return [name for name in sorted(COMMANDS) if importlib.util.find_spec(module(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or nothing when there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(module(cmd_name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line for each command, without reading any of them."""
        lines = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        if lines:
            with formatter.section("Commands"):
                formatter.write_dl(lines)


def module(name: str) -> str:
    """The module that holds a command."""
    return f"wellkept.cli.{MODULES.get(name, name)}"


@click.group(cls=Commands)
def main() -> None:
    """Wellkept keeps the privacy policy it publishes."""
