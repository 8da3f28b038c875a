"""How made-up people come to work here: invited as ``jobs``, then at the entrance, with a second factor as all have."""

import time


def invited(*, role: str, login: str, actor: str) -> str:
    """The code of an invitation; where somebody has that sign-in name already, of a new one for them. As ``jobs``."""
    from wellkept.accounts import staffing

    said, code = staffing.invite(role=role, login=login, actor=actor)
    return code if said == "yes" else staffing.renew(login=login) or ""


def begun(*, code: str, login: str, password: str) -> tuple[str, str]:
    """Use an invitation and set up an authenticator app; returns its secret and a recovery code. As ``web``.

    Its first code is that of the half minute before, so that the one of now still signs in. Raises ``LookupError``.
    """
    from wellkept.accounts import actions, staffing, totp, ways

    said, _account = staffing.redeem(code=code, login=login, password=password)
    way = actions.sign_in(login=login, password=password) if said == "yes" else None
    if way is None:
        raise LookupError("An invitation of a made-up person did not work.")
    session = actions.secret_hash(way.secret)
    secret = ways.begin_app(session)
    if secret is None or not ways.confirm_app(session, totp.code(secret, int(time.time()) // totp.SECONDS - 1)):
        raise LookupError("A made-up person could not set up a second factor.")
    spare = ways.new_codes(session)
    if not spare:
        raise LookupError("A made-up person could not make recovery codes.")
    actions.sign_out(session)
    return secret, spare[0]
