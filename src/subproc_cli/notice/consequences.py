"""What happens if a customer keeps silent or objects: by its own contract, otherwise by the list."""

from subproc_cli.notice.customers import Customer
from subproc_cli.registry.field_forms import choose_text
from subproc_cli.registry.models import NoticeTerms


def find_consequence(field: str, terms: NoticeTerms, customer: Customer | None, language: str) -> str:
    """Return what happens, in a language as far as the list has it; empty if nothing is stated.

    Args:
        field: `on_silence` or `on_objection`.
        terms: those of the list.
        customer: the customer, whose own contract comes first.
        language: that of its letter.
    """
    own = getattr(customer, field, None)
    listed = choose_text(getattr(terms, f"{field}_by_language"), language) or getattr(terms, field)
    return own or listed or ""
