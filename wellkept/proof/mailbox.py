"""A mail server on loopback that keeps what it is given (RFC 5321, the part that a client of ours speaks)."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mailbox:
    """Where it listens, every mail as it came (recipients and bytes), and the address each comes back to.

    ``refused`` are addresses that it says it does not know.
    """

    port: int
    mails: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server for as long as it is lent."""

    class Speaking(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def handle(self) -> None:
            self.say("220 loopback")
            to: list[str] = []
            back = ""
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("MAIL FROM"):
                    back, to = line.partition("<")[2].partition(">")[0], []
                if word.startswith("RCPT TO"):
                    address = line.partition("<")[2].partition(">")[0]
                    if address in box.refused:
                        self.say("550 5.1.1 no such mailbox")
                        continue
                    to.append(address)
                if word == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (part := self.rfile.readline()) != b".\r\n":
                        lines.append(part)
                    box.mails.append((tuple(to), b"".join(lines).decode()))
                    box.returns.append(back)
                self.say("221 bye" if word == "QUIT" else "250 yes")
                if word == "QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaking) as server:
        box = Mailbox(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
