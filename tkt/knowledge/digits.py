"""Which number is this: of a bank card, of a Chinese citizen?"""

from __future__ import annotations

from datetime import date

_CITIZEN_DIGITS = 18


def plain_digits(text: str) -> str:
    """The digits of a text, what stands between them left out."""
    return "".join(character for character in text if character in "0123456789")


def is_card(text: str) -> bool:
    """Whether the digits add up as those of a bank card do (Luhn)."""
    digits = [int(digit) for digit in reversed(plain_digits(text))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_citizen_id(text: str) -> bool:
    """Whether it is as long as a citizen's number and holds a day of birth; a slip in its last digit hides nothing."""
    signs = [character for character in text if character.isalnum()]
    if len(signs) != _CITIZEN_DIGITS:
        return False
    try:
        born = date.fromisoformat(
            "{}-{}-{}".format(*("".join(signs[a:b]) for a, b in ((6, 10), (10, 12), (12, 14))))
        )
    except ValueError:
        return False
    return 1900 <= born.year < 2100
