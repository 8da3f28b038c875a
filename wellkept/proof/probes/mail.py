"""Tries against mail: what every mail we can send says, whether anything else could send one, and open letters."""

import re
from pathlib import Path
from typing import Final

from wellkept.proof import pdf
from wellkept.proof.ground import Ground, Try
from wellkept.proof.mailbox import mailbox
from wellkept.proof.probes.site import found
from wellkept.proof.probes.vault import words

PROGRAM: Final = Path(__file__).parents[2]
SENDER: Final = Path("exchange/mail/sending.py")
RECEIVER: Final = Path("exchange/mail/receiving.py")
SENDS: Final = re.compile(
    r"\b(smtplib|aiosmtpd|django\.core\.mail|send_mail|EmailMultiAlternatives|mail_admins|sendmail)\b"
)
RELAYS: Final = re.compile(r"\b(smtplib|aiosmtpd\.handlers|Proxy|Forward|sendmail)\b")
"""What passes a mail on, in the one part that takes them."""

WARNING: Final = "others can read it on its way"
ADDRESSES: Final = ("one@mail.example", "two@mail.example")
# Words of health and money that no mail of ours needs.
TELLING: Final = re.compile(
    r"\b(claims?|diagnos\w*|doctors?|paid|owed?|denied|denial|deductible|coverage|member|group|birth)\b|\$",
    re.IGNORECASE,
)


def our_mails_say_nothing(ground: Ground) -> list[Try]:
    """Have every kind of mail sent to us over a socket, read them, and look for another way to send one."""
    heard = [sent_to(ground, address) for address in ADDRESSES]
    named = [word for mails in heard for mail in mails for word in words(ground) if word and word in mail]
    telling = [mail for mail in heard[0] if TELLING.search(mail)]
    sources = [path for path in PROGRAM.rglob("*.py") if "proof" not in path.relative_to(PROGRAM).parts]
    others = [path for path in sources if path.relative_to(PROGRAM) not in (SENDER, RECEIVER)]
    sends = [path for path in others if SENDS.search(path.read_text(encoding="utf-8"))]
    sends += [
        path for path in sources if path.relative_to(PROGRAM) == RECEIVER and RELAYS.search(path.read_text("utf-8"))
    ]
    unwarned = [mail for mail in heard[0] if WARNING not in mail or ground.pack.phone not in mail]
    letters = [path for path in printed(ground) if any(word and word in said(path) for word in words(ground))]
    return [
        found(
            "Read in a mail whom it is for or what is new",
            f"We had all {len(heard[0])} kinds of mail sent to us and looked for names, numbers and words of health"
            " or money.",
            bad=bool(named or telling) or not heard[0],
        ),
        found(
            "Find a mail without its warning",
            "We looked in each mail for the warning that others can read it, and for our phone number.",
            bad=bool(unwarned) or not heard[0],
        ),
        found(
            "Find two people whose mails differ",
            "We had the same mails sent to another address and compared them.",
            bad=heard[0] != heard[1],
        ),
        found(
            "Find another part that sends mail",
            f"We read {len(sources)} files of the program for any known way to send a mail.",
            bad=bool(sends) or len(others) == len(sources),
        ),
        found(
            "Find a letter of the family",
            "We looked for made-up names in letters that wait to be printed.",
            bad=bool(letters),
        ),
    ]


def printed(ground: Ground) -> list[Path]:
    """The letters that were written and lie in the folder of letters still."""
    return sorted(path for path in (ground.state / ground.pack.name / "letters").rglob("*") if path.is_file())


def said(path: Path) -> str:
    """What a letter says: of a PDF its words, of anything else its bytes as text."""
    held = path.read_bytes()
    return pdf.text(held) if held.startswith(b"%PDF") else held.decode("utf-8", "replace")


def sent_to(ground: Ground, address: str) -> list[str]:
    """Every kind of mail as it came for an address, without what differs from mail to mail."""
    with mailbox() as box:
        asked = ("mail", "try", "--operator", ground.pack.name, "--to", address)
        ground.say(asked, {"WELLKEPT_SMTP": f"127.0.0.1:{box.port}"})
        mails = [mail for to, mail in box.mails if to == (address,)]
    return [re.sub(r"(?im)^(to|date|message-id):.*(\r\n[ \t].*)*\r\n", "", mail) for mail in mails]
