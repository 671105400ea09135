"""A question in, its reading out; a question that is not understood, the word and the nearest right one."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.verdict import Evidence, Verdict
from subproc_cli.question import grammar
from subproc_cli.question.evaluator import ask
from subproc_cli.question.reader import MAX_DEPTH
from subproc_cli.reference.geography import load_country_codes

LIST = listing("  a: {name: A}\n")
DAY = date(2024, 1, 1)

READINGS = {
    # the examples of the language
    "which services see email?": "sees(identity.email)",
    "process outside the EU": "outside(EU)",
    "see email and process outside the EEA": "sees(identity.email) and outside(EEA)",
    "see (names or email) but not content": (
        "(sees(identity.name) or sees(identity.email)) and not sees(content)"
    ),
    "are opt-in and do not see customer content": "activation(opt-in) and not sees(content)",
    "are based in the US": "based-in(US)",
    "process only in the EU": "not outside(EU)",
    "process outside adequate countries": "outside(adequate)",
    "lack a processing location": "lacks(processing)",
    "serve product Surveys": 'product("Surveys")',
    "are subprocessors since 2024-01-01": "role(subprocessor) and since(2024-01-01)",
    "named deepl": 'named("deepl")',
    "rely on the DPF": "relies(dpf)",
    "rely only on adequacy": "relies-only(adequacy)",
    # a negation covers its clause, a list stays in it, a verb opens another
    "do not see email or name": "not (sees(identity.email) or sees(identity.name))",
    "do not see email or do not process in the US": "not sees(identity.email) or not in(US)",
    "do not see email or they process in the US": "not sees(identity.email) or in(US)",
    "do not see email or that process in the US": "not sees(identity.email) or in(US)",
    "does not see email or processes in the US": "not sees(identity.email) or in(US)",
    "not (see email) or process in the US": "not sees(identity.email) or in(US)",
    "do not (see email or process in the US)": "not (sees(identity.email) or in(US))",
    "do not see email and do not process in the US": "not sees(identity.email) and not in(US)",
    "do not see email but process in the US": "not sees(identity.email) and in(US)",
    "are not opt-in or see email": "not activation(opt-in) or sees(identity.email)",
    "have no DPA or see email": "not has(dpa) or sees(identity.email)",
    "see no email and no names": "not sees(identity.email) and not sees(identity.name)",
    "see email but not name and not phone": (
        "sees(identity.email) and not sees(identity.name) and not sees(identity.phone)"
    ),
    # neither, both, either
    "see neither email nor names": "not (sees(identity.email) or sees(identity.name))",
    "see neither email, names nor phone": (
        "not (sees(identity.email) or sees(identity.name) or sees(identity.phone))"
    ),
    "do not see email nor names": "not (sees(identity.email) or sees(identity.name))",
    "neither see email nor process in the US": "not sees(identity.email) and not in(US)",
    "do not see email, nor do they process in the US": "not sees(identity.email) and not in(US)",
    "process neither in the US nor in India": "not in(US, IN)",
    "rely neither on SCCs nor on the DPF": "not (relies(scc) or relies(dpf))",
    "are neither opt-in nor opt-out": "not (activation(opt-in) or activation(opt-out))",
    "have neither a DPA nor a purpose": "not (has(dpa) or has(purpose))",
    "see both names and email": "sees(identity.name) and sees(identity.email)",
    "both see email and process in the US": "sees(identity.email) and in(US)",
    "see either email or names": "sees(identity.email) or sees(identity.name)",
    "see email and name": "sees(identity.email) and sees(identity.name)",
    "see email, name or phone numbers and process in the US": (
        "(sees(identity.email) or sees(identity.name) or sees(identity.phone)) and in(US)"
    ),
    "(see email, name or phone) and process in the US": (
        "(sees(identity.email) or sees(identity.name) or sees(identity.phone)) and in(US)"
    ),
    "see email, (name or phone) and content": (
        "sees(identity.email) and (sees(identity.name) or sees(identity.phone)) and sees(content)"
    ),
    "see (email, (name or phone) and content) or files": (
        "sees(identity.email) and (sees(identity.name) or sees(identity.phone)) and sees(content) "
        "or sees(content.files)"
    ),
    "see email or process in the US and are opt-in": "sees(identity.email) or in(US) and activation(opt-in)",
    "(see email or process outside the EU) and are optional": (
        "(sees(identity.email) or outside(EU)) and (activation(opt-in) or activation(opt-out))"
    ),
    "isn't opt-in": "not activation(opt-in)",
    # synonyms, several words, personal data
    "who has access to credit card details or invoices?": "sees(payment.card) or sees(payment.invoices)",
    "process in Germany or France": "in(DE, FR)",
    "process data only in Germany and the Netherlands": "not outside(DE, NL)",
    "are not based in Bosnia and Herzegovina": "not based-in(BA)",
    "process personal data outside the EU": "sees(personal) and outside(EU)",
    "process in third countries": "outside(EEA)",
    # what is had may be had without being stated; what is lacked is lacked by the list
    "have a DPA": "has(dpa)",
    "have no DPA": "not has(dpa)",
    "do not have a DPA": "not has(dpa)",
    "have no DPA or purpose": "not (has(dpa) or has(purpose))",
    "have no DPA and no purpose": "not has(dpa) and not has(purpose)",
    "have transfer mechanisms": "has(transfer)",
    "have a DPA in place and see email": "has(dpa) and sees(identity.email)",
    "have a DPA and no purpose": "has(dpa) and not has(purpose)",
    "have no onward processors": "not has(onward)",
    "have sub-subprocessors": "has(onward)",
    "have SCCs": "relies(scc)",
    "have no SCCs": "not relies(scc)",
    "have standard contractual clauses": "relies(scc)",
    "have no headquarters in the US": "not based-in(US)",
    "has (SCCs or a DPA)": "relies(scc) or has(dpa)",
    "state a DPA": "not lacks(dpa)",
    "do not state a DPA": "not not lacks(dpa)",
    "state a purpose and a DPA": "not lacks(purpose) and not lacks(dpa)",
    "lack a DPA": "lacks(dpa)",
    "are missing a DPA": "lacks(dpa)",
    "are certified": "has(certifications)",
    "are certified under ISO 27001": 'certified("ISO 27001")',
    "are certified under the DPF": 'certified("DPF")',
    # with and without belong to the clause before them
    "process outside the EU without a transfer basis": "outside(EU) and not has(transfer)",
    "transfer to third countries without safeguards": "transfers-outside(EEA) and not has(transfer)",
    "do not process outside the EU without a transfer basis": "not (outside(EU) and not has(transfer))",
    "process outside the EU with no DPA": "outside(EU) and not has(dpa)",
    "process in the US without access to email": "in(US) and not sees(identity.email)",
    "process outside the EU with SCCs": "outside(EU) and relies(scc)",
    "named Segment without a DPA": 'named("Segment") and not has(dpa)',
    "named Google Cloud and see email": 'named("Google Cloud") and sees(identity.email)',
    # other ways to say it
    "have access to email": "sees(identity.email)",
    "have no access to email": "not sees(identity.email)",
    "are new since 2024-01-01": "since(2024-01-01)",
    "are in use since 2024-01-01": "since(2024-01-01)",
    "are not new since 2024-01-01": "not since(2024-01-01)",
    "serve products Surveys": 'product("Surveys")',
    "rely upon the DPF": "relies(dpf)",
    "are based outside of the EU": "based-outside(EU)",
    "are only based in the EU": "not based-outside(EU)",
    "are only hosted in the EU": "not outside(EU)",
    "only process in EU and US": "not outside(EU, US)",
    "process only in (EU and US)": "not outside(EU, US)",
    "process only outside the EU": "not in(EU)",
    "do not process only in the EU": "not not outside(EU)",
    "process outside the EU or the UK": "outside(EU, GB)",
    "process outside the EU and the UK": "outside(EU, GB)",
    "process in the EU or the UK": "in(EU, GB)",
    "process in the EU and the UK": "in(EU) and in(GB)",
    "process email in the US": "sees(identity.email) and in(US)",
    "process data in the US": "in(US)",
    "process in Trinidad and Tobago or the EU": "in(TT, EU)",
    "see email, and process in the US": "sees(identity.email) and in(US)",
    "see email, but not content": "sees(identity.email) and not sees(content)",
    "see email, or process in the US, or are vendors": "sees(identity.email) or in(US) or role(vendor)",
    "process outside EEA, see email and lack a purpose": (
        "outside(EEA) and sees(identity.email) and lacks(purpose)"
    ),
    "process in ((the EU and the US) or the UK)": "in(EU) and in(US) or in(GB)",
    "process in Germany or in France": "in(DE, FR)",
    "process in the EU but not in Germany": "in(EU) and not in(DE)",
    "process only in the EU or in Switzerland": "not outside(EU, CH)",
    "process not in the US": "not in(US)",
    "process in DE, BE or IN": "in(DE, BE, IN)",
    "see ((email, name and phone) or content)": (
        "sees(identity.email) and sees(identity.name) and sees(identity.phone) or sees(content)"
    ),
    'named "x, and y."': 'named("x, and y.")',
    # parts of one kind are flat, and what is quoted is no keyword
    "see email and (name and phone)": "sees(identity.email) and sees(identity.name) and sees(identity.phone)",
    "process outside (the EU or (the UK and the US))": "outside(EU, GB, US)",
    "process in third countries or Germany": "outside(EEA) or in(DE)",
    'named "or"': 'named("or")',
    # which connective a comma stands for
    "see email, ((name or phone) or content) and files": (
        "sees(identity.email) and (sees(identity.name) or sees(identity.phone) or sees(content)) "
        "and sees(content.files)"
    ),
    "see email, names but not content": "sees(identity.email) and sees(identity.name) and not sees(content)",
    # a word that may be left out is not, where it belongs to a name
    "see user id": "sees(account.user_id)",
    # a negation covers the rest of its list
    "see email but not name or content": "sees(identity.email) and not (sees(identity.name) or sees(content))",
    "see email and not name": "sees(identity.email) and not sees(identity.name)",
    # third countries lie on the other side
    "process only in third countries": "not in(EEA)",
    "are based only in third countries": "not based-in(EEA)",
    "process only outside third countries": "not outside(EEA)",
    "process in non-EU countries": "outside(EU)",
    "process in the EU only": "not outside(EU)",
    # codes of countries that look like other words
    "process in NO": "in(NO)",
    "process in DE, BE or IS": "in(DE, BE, IS)",
    "process outside DE and NO": "outside(DE, NO)",
    "process in USA or CAN": "in(US, CA)",
    # as an officer would ask
    "is anything hosted in the US?": "in(US)",
    "which vendors are US companies": "based-in(US)",
    "are EU-based": "based-in(EU)",
    "are U.S. companies": "based-in(US)",
    "are American companies": "based-in(US)",
    "are German companies": "based-in(DE)",
    "are non-EU companies": "based-outside(EU)",
    "are not German companies": "not based-in(DE)",
    "are used always": "activation(always)",
    "does any service see email": "sees(identity.email)",
    "does any service not see email": "not sees(identity.email)",
    "isn't there any service that sees email": "sees(identity.email)",
    "is there a service that does not see email": "not sees(identity.email)",
    "is any service hosted in the US": "in(US)",
    "which services transfer data outside the EU": "transfers-outside(EU)",
    "transfer data to the United States": "transfers-in(US)",
    "send data to the United States": "transfers-in(US)",
    "transfer personal data outside the EU": "sees(personal) and transfers-outside(EU)",
    "lack a purpose and transfer basis": "lacks(purpose) and lacks(transfer)",
    "which services use SCCs": "relies(scc)",
    "rely on the DPF only": "relies-only(dpf)",
    "see email outside the EU": "sees(identity.email) and outside(EU)",
    "which of our vendors have access to names": "sees(identity.name)",
    "how many services see email": "sees(identity.email)",
    "are there any services that see email": "sees(identity.email)",
    "have their headquarters in the US": "based-in(US)",
    "have a seat": "has(country)",
    "are new since 2023": "since(2023-01-01)",
    "are in use since 2023-05": "since(2023-05-01)",
    "are in use before 2022": "not since(2022-01-01)",
    "serve product A": 'product("A")',
    "serve our product Users": 'product("Users")',
    # all data in a place is in no other place
    "store all our data in Germany": "not outside(DE)",
    "process everything in the US or India": "not outside(US, IN)",
    "host all of our data outside the EU": "not in(EU)",
    "do not store all data in the EU": "not not outside(EU)",
    "process no data in the EU": "not in(EU)",
    "never process any data in the EU": "not in(EU)",
    # everything is all of it, anything is some of it
    "see everything": "sees-all(everything)",
    "have access to all our data": "sees-all(everything)",
    "see every customer content": "sees-all(content)",
    "do not see everything": "not sees-all(everything)",
    "see names and all content": "sees(identity.name) and sees-all(content)",
    "see all content but not all usage data": "sees-all(content) and not sees-all(usage)",
    "see anything": "sees(everything)",
    "see any of our data": "sees(everything)",
    # only before the verb is only behind it
    "only rely on the DPF": "relies-only(dpf)",
    "solely use SCCs": "relies-only(scc)",
    "do not only rely on the DPF": "not relies-only(dpf)",
    "see email and only process in the EU": "sees(identity.email) and not outside(EU)",
    "see email and only rely on SCCs": "sees(identity.email) and relies-only(scc)",
    "only store data in the EU": "not outside(EU)",
    "store data in the EU only": "not outside(EU)",
    # either and both bind as parentheses do
    "are opt-in and either see email or see phone": (
        "activation(opt-in) and (sees(identity.email) or sees(identity.phone))"
    ),
    "see content and either email or names": (
        "sees(content) and (sees(identity.email) or sees(identity.name))"
    ),
    "either see email and names or see phone": (
        "sees(identity.email) and sees(identity.name) or sees(identity.phone)"
    ),
    "either see email or names and process in the US": (
        "(sees(identity.email) or sees(identity.name)) and in(US)"
    ),
    "process in the EU and either the US or India": "in(EU) and in(US, IN)",
    "do not see both email and names": "not (sees(identity.email) and sees(identity.name))",
    "do not process in both the EU and the UK": "not (in(EU) and in(GB))",
    # a place list behind a negation is one area, however it is said
    "process in neither the US nor India": "not in(US, IN)",
    "do not process in the US or India": "not in(US, IN)",
    "are based neither in the US nor in India": "not based-in(US, IN)",
    # the noun says of whom
    "which subprocessors see email": "role(subprocessor) and sees(identity.email)",
    "how many sub-processors see email": "role(subprocessor) and sees(identity.email)",
    "is there any sub processor that sees email": "role(subprocessor) and sees(identity.email)",
    "are any subprocessors based in the US": "role(subprocessor) and based-in(US)",
    "subprocessors without a DPA": "role(subprocessor) and not has(dpa)",
    "which subprocessors see email or process in the US": (
        "role(subprocessor) and (sees(identity.email) or in(US))"
    ),
    "(processors that see email) or process in the US": "role(processor) and sees(identity.email) or in(US)",
    "which controllers do not see email": "role(controller) and not sees(identity.email)",
    "does any affiliate see email": "role(affiliate) and sees(identity.email)",
    "which vendor sees email": "sees(identity.email)",
    "list all services that see email": "sees(identity.email)",
    "all services with a DPA": "has(dpa)",
    "services that see email or services that process in the US": "sees(identity.email) or in(US)",
}


@pytest.mark.parametrize(("text", "reading"), READINGS.items())
def test_how_a_question_is_read(text: str, reading: str) -> None:
    assert str(grammar.parse(text, LIST.category_tree, LIST.gazetteer)) == reading


@pytest.mark.parametrize("text", READINGS)
def test_a_printed_reading_parses_to_the_same_question(text: str) -> None:
    question = grammar.parse(text, LIST.category_tree, LIST.gazetteer)
    assert grammar.parse(str(question), LIST.category_tree, LIST.gazetteer) == question


@pytest.mark.parametrize(
    ("text", "word", "message", "hint"),
    [
        ("", "", "a question needs a verb", "for example: see email"),
        ("see", "", "expected a data category, but the question ends here", ""),
        ("see emial", "emial", "'emial' is not a data category", "did you mean email?"),
        ("see email and nmae", "nmae", "'nmae' is not a data category", "did you mean name?"),
        ("prcess outside EU", "prcess", "expected a verb", "did you mean process?"),
        ("process outside Gemrany", "Gemrany", "'Gemrany' is not a place", "did you mean Germany?"),
        ("process the EU", "EU", "'EU' is not a data category", "say 'process in …'"),
        ("are in the EU", "in", "is meant", "say 'process in the EU' or 'are based in the EU'"),
        ("are outside the EU", "outside", "is meant", "'are based outside the EU'"),
        ("see everything but email", "but", "'but' leaves open what is meant here", "'but not …'"),
        ("see customer data", "customer", "'customer data' may mean one of several", "'customer content'"),
        ("process our customers' data in the US", "our", "may mean one of several", "'personal data'"),
        ("email", "email", "expected a verb", "did you mean: see email?"),
        ("Germany", "Germany", "expected a verb", "did you mean: process in Germany?"),
        ("process in Europe", "Europe", "'Europe' is not a place", "say EU or EEA"),
        ("see (email or name), phone", ",", "a comma alone does not say", "write 'and' or 'or'"),
        ("see email and do phone", "phone", "expected a verb", "did you mean: see phone?"),
        ("frobnicate", "frobnicate", "expected a verb", "for example: see email; process outside the EU"),
        ("are basd in the US", "basd", "is not a role or a way of use", "did you mean based?"),
        ("are namd A", "namd", "is not a role or a way of use", "did you mean named?"),
        ("are retired", "retired", "is not a role or a way of use", "subproc list --all"),
        ("does A see email", "A", "expected a verb", "subproc show a"),
        ("rely on SCC or BCR only", "", "'only' takes one transfer basis", ""),
        ("are optin", "optin", "'optin' is not a role or a way of use", "did you mean opt-in?"),
        ("lack a processng location", "processng", "is not a fact", "did you mean processing location?"),
        ("rely on dpff", "dpff", "is not a transfer basis", "did you mean dpf?"),
        ("see email, name", ",", "a comma alone does not say", "write 'and' or 'or'"),
        ("see email process", "process", "expected 'and', 'or' or the end", ""),
        ("see email)", ")", "expected 'and', 'or' or the end", ""),
        ("see (email", "", "expected )", ""),
        ("see only email", "only", "'only' is understood of places and transfer bases", ""),
        ("since 2024-13-01", "2024-13-01", "expected a date as YYYY-MM-DD", ""),
        ("since 20240101", "20240101", "expected a date as YYYY-MM-DD", ""),
        ("since 2024-W01-1", "2024-W01-1", "expected a date as YYYY-MM-DD", ""),
        ('named "x', '"', "a quotation mark is not closed", ""),
        ("serve product", "", "expected a product, but the question ends here", ""),
        ("are named", "", "expected a name, but the question ends here", ""),
        ("are new 2024-01-01", "2024-01-01", "expected 'since' and a date", ""),
        ("are based the EU", "the", "expected 'in' or 'outside'", ""),
        ("see email,", ",", "a comma alone does not say", "write 'and' or 'or'"),
        # neither of both, or a new clause
        (
            "do not see email or process outside the EU",
            "process",
            "leaves open whether neither is meant",
            "say 'do not see email and do not process outside the EU' for neither, or 'do not see email or that",
        ),
        ("do not process in the US or see email", "see", "whether neither is meant", "and do not see email'"),
        ("never see email, or have a DPA", "have", "whether neither is meant", "or that have a DPA'"),
        (
            "are opt-in and do not use SCCs or see email",
            "see",
            "neither is meant",
            "say 'are opt-in and do not use SCCs and do not see email' for neither, or",
        ),
        ("neither see email nor names or process in NL", "process", "whether neither is meant", ""),
        ("do not both see email and process in NL", "both", "needs parentheses", "say 'not (… and …)'"),
        ("do not see email and not names", "names", "expected a verb", "did you mean: see names?"),
        ("see email nor names", "names", "expected a verb", "did you mean: see names?"),
        (
            "no service sees email",
            "service",
            "that do, or that do not",
            "say 'which services see email' or 'which services do not see email'",
        ),
        (
            "is there no service that sees email",
            "service",
            "that do, or that do not",
            "'which services do not see email'",
        ),
        ("isn't any service hosted in the US", "any", "that do, or that do not", ""),
        ("don't any services see email", "any", "that do, or that do not", ""),
        # which side of a border
        (
            "process outside the EU but not in Switzerland",
            "Switzerland",
            "'not' leaves open which places are meant",
            "do not process in Switzerland', or 'process outside the EU or Switzerland' for one area",
        ),
        (
            "process outside (the EU or not the US)",
            "the",
            "which places are meant",
            "say 'process outside (the EU or the US)' for one area",
        ),
        (
            "are based outside the EU but not the UK",
            "the",
            "which places",
            "say 'are based outside the EU and are not based in the UK', or",
        ),
        (
            "process outside the EU and outside the UK",
            "outside",
            "a second 'outside'",
            "the UK' for one area, or 'process outside the EU and process outside the UK' for another place",
        ),
        (
            "process in NL and outside the EU",
            "outside",
            "a clause of its own",
            "say 'process in NL and process outside the EU'",
        ),
        ("are based outside the EU or in NL", "in", "a clause of its own", "EU or are based in NL'"),
        (
            "are outside Europe",
            "outside",
            "is meant",
            "say 'process outside the EEA' or 'are based outside the",
        ),
        # whose data
        ("see user data", "user", "may mean one of several", "'customer content' for what users upload"),
        ("see all users' data", "users'", "may mean one of several", "'personal data'"),
        ("see some people's data", "people's", "may mean one of several", "'personal data'"),
        ("see data about our clients", "data", "may mean one of several", "for what customers upload"),
        ("see employee data", "employee", "may mean one of several", "a question does not ask whose it is"),
        ("see nothing", "nothing", "may mean one of several", "say 'do not see anything'"),
        # another day
        ("did not see email", "did", "about one day", "for another day add --at YYYY-MM-DD -r @YYYY-MM-DD"),
        (
            "who saw email on 2022-08-01",
            "saw",
            "about one day",
            "that day add --at 2022-08-01 -r @2022-08-01",
        ),
        (
            "see email as of 2022-08-01",
            "as",
            "about one day",
            "for that day add --at 2022-08-01 -r @2022-08-01",
        ),
        ("see email in 2022", "in", "about one day", "for another day add --at 2022-MM-DD -r @2022-MM-DD"),
        ("see names and were opt-in", "were", "about one day", "for another day add --at YYYY-MM-DD"),
        ("have seen email", "seen", "about one day", "for another day add --at YYYY-MM-DD"),
        ("have been in use since 2022", "been", "about one day", "say 'are in use since 2022'"),
        ("are in use on 2022-08-01", "on", "about one day", "for that day add --at 2022-08-01"),
        ("see email since 2022", "since", "about one day", "email and are in use since 2022', or compare:"),
        ("were added in 2023", "were", "about one day", "since 2023 and are not in use since 2024'"),
        ("were added since 2023-05", "were", "about one day", "say 'are in use since 2023-05', or compare:"),
        (
            "are new in 2023",
            "in",
            "expected 'since'",
            "since 2023 and are not in use since 2024', or compare:",
        ),
        ("are new", "", "expected 'since' and a date", "for example: are in use since 2024-01-01"),
        # names that the list does not have
        ("named Aa", "Aa", "no service of the list is named 'Aa'", "see: subproc list --all"),
        # another thing is never proposed, nor the opposite
        ("process in Deutschland", "Deutschland", "is not a place", "did you mean Germany?"),
        ("process in Allemagne", "Allemagne", "is not a place", "did you mean Germany?"),
        ("process in Asia", "Asia", "is not a place", "name its countries, or a region"),
        ("process in South America", "South", "is not a place", "name its countries, or a region"),
        ("process in Northern Ireland", "Northern", "is not a place", "say United Kingdom"),
        ("process in California", "California", "is not a place", "name a country, not a city"),
        ("process in Frankfurt", "Frankfurt", "is not a place", "name a country, not a city"),
        ("process in eu-west-1", "eu-west-1", "is not a place", "name a country, not a city"),
        ("process in Frnace", "Frnace", "is not a place", "did you mean France?"),
        ("process in Singapur", "Singapur", "is not a place", "did you mean Singapore?"),
        ("have signed SCCs", "signed", "is not a fact", "say 'rely on SCCs'"),
        ("have an unknown location", "unknown", "is not a fact", "say 'lack a location'"),
        ("have a privacy policy", "privacy", "is not a fact", "subproc show ID"),
        ("have email addresses", "email", "is not a fact", "for data, say 'see email addresses'"),
        ("see email without content", "content", "is not a fact", "say 'see email and do not see content'"),
        ("have data", "data", "is not a fact", "for data, say 'see data'"),
        ("have a SOC 2 report", "SOC", "is not a fact", "say 'are certified under SOC 2'"),
        ("have a retension period", "retension", "is not a fact", "did you mean retention period?"),
        ("are certified under SCCs", "SCCs", "is not a certification", "say 'rely on SCCs'"),
        ("are certified under", "", "expected a certification or the DPF", ""),
        ("are ISO 27001 certified", "ISO", "is not a role", "say 'are certified under ISO 27001'"),
        ("have a DPF certification", "DPF", "is not a fact", "or 'are certified under DPF'"),
        ("have not signed a DPA", "signed", "is not a fact", "say 'have no DPA'"),
        ("see employees' names", "employees'", "is not a data category", "does not ask whose data it is"),
        ("see client IP addresses", "client", "is not a data category", "does not ask whose data it is"),
        ("are GDPR compliant", "GDPR", "is not a role", "a list states no judgement"),
        ("are European companies", "European", "is not a role", "say 'are based in the EU' or"),
        ("can be switched off", "switched", "is not a role", "say 'are opt-out', or 'are optional'"),
        ("process worldwide", "worldwide", "is not a data category", "'process outside the EEA'"),
    ],
)
def test_what_is_not_understood_points_at_the_word(text: str, word: str, message: str, hint: str) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        ask(LIST, text, DAY)
    fault = caught.value
    assert fault.text[fault.start : fault.end] == word
    assert message in fault.message
    assert hint in (fault.hint or "")


@pytest.mark.parametrize(
    ("fields", "question", "verdict"),
    [
        ("sees: [identity.email]", "see email", Verdict.YES),
        ("never_sees: [identity]", "see email", Verdict.NO),
        ("", "see email", Verdict.UNKNOWN),
        # and is the minimum, or the maximum, not swaps
        ("sees: [identity.email]", "see email and content", Verdict.UNKNOWN),
        ("never_sees: [content]", "see email and content", Verdict.NO),
        ("sees: [identity.email]", "see email or content", Verdict.YES),
        ("never_sees: [content]", "see email or content", Verdict.UNKNOWN),
        ("", "do not see email", Verdict.UNKNOWN),
        ("sees: [identity.email]", "do not see email or content", Verdict.NO),
        # places as sets
        ("processing: [EU, US]", "process outside the EU", Verdict.YES),
        ("processing: [worldwide]", "process outside the EU", Verdict.UNKNOWN),
        ("processing: [EEA]", "process outside the EU", Verdict.UNKNOWN),
        ("processing: [CH]", "process outside adequate countries", Verdict.NO),
        ("processing: [US]", "process outside adequate countries", Verdict.UNKNOWN),
        ("processing: [US], transfer: [dpf]", "process outside adequate countries", Verdict.NO),
        ("processing: [IN]", "process outside adequate countries", Verdict.YES),
        # products: none named serves all; roles and activation have defaults
        ("", "serve product Surveys", Verdict.YES),
        ("products: [Forms]", "serve product forms", Verdict.YES),
        ("", "are subprocessors", Verdict.YES),
        ("role: affiliate", "are subprocessors", Verdict.YES),
        ("role: affiliate", "are affiliates", Verdict.YES),
        ("", "are affiliates", Verdict.NO),
        ("role: vendor", "are subprocessors", Verdict.NO),
        ("", "are optional", Verdict.NO),
        # days
        ("since: 2024-02-01", "are in use since 2024-01-01", Verdict.YES),
        ("since: 2023-12-31", "are in use since 2024-01-01", Verdict.NO),
        ("", "are in use since 2024-01-01", Verdict.UNKNOWN),
    ],
)
def test_what_a_question_answers(fields: str, question: str, verdict: Verdict) -> None:
    index = listing(f"  a: {{name: A, {fields}}}\n")
    (answer,) = ask(index, question, DAY, index.model.services).answers
    assert answer.verdict is verdict
    assert answer.result.evidence


@pytest.mark.parametrize(
    ("fields", "question", "told"),
    [
        ("", "lack a purpose", "yes: not-stated purpose at purpose"),
        ("purpose: p", "lack a purpose", "no: stated purpose at purpose"),
        ("links: {website: w}", "lack a DPA", "yes: not-stated dpa at links.dpa"),
        ("", "have a DPA", "unknown: not-stated dpa at links.dpa"),
        ("", "have no DPA", "unknown: not-stated dpa at links.dpa"),
        ("links: {dpa: w}", "have a DPA", "yes: stated dpa at links.dpa"),
        ("links: {dpa: w}", "have no DPA", "no: stated dpa at links.dpa"),
        ("onward: [B]", "have sub-subprocessors", "yes: stated onward at onward"),
        ("transfer: [scc]", "have no transfer basis", "no: stated transfer at transfer"),
        (
            "transfer: [{basis: dpf, until: 2023-01-01}]",
            "have no transfer basis",
            "yes: lapsed dpf at transfer",
        ),
        (
            "processing: [DE]",
            "are certified under the DPF",
            "unknown: not-stated certifications at certifications",
        ),
        ("transfer: [scc, dpf]", "are certified under the DPF", "yes: bases dpf at transfer"),
        (
            "transfer: [{basis: dpf, until: 2023-01-01}], certifications: [SOC 2]",
            "are certified under the DPF",
            "unknown: other-certifications certifications at certifications",
        ),
        (
            "certifications: [SOC 2, EU-US Data Privacy Framework (HR data)]",
            "are certified under the DPF",
            "yes: certification EU-US Data Privacy Framework (HR data) at certifications.1",
        ),
        (
            "certifications: ['ISO 27001:2022']",
            "are certified under ISO 27001",
            "yes: certification ISO 27001:2022 at certifications.0",
        ),
        ("", "rely on the DPF", "unknown: not-stated transfer at transfer"),
        ("processing: [DE]", "rely on the DPF", "no: nothing-leaves transfer at transfer"),
        (
            "processing: [US], transfer: [scc, {basis: dpf, until: 2023-01-01}]",
            "rely on the DPF",
            "no: bases scc at transfer",
        ),
        (
            "transfer: [{basis: bcr, until: 2023-01-01}, {basis: dpf, until: 2023-01-01}]",
            "rely on the DPF",
            "no: lapsed bcr, dpf at transfer",
        ),
        ("transfer: [scc, dpf]", "rely only on the DPF", "no: bases dpf, scc at transfer"),
        ("processing: [EU]", "process in Germany", "unknown: place-partly EU at processing.0"),
        (
            "processing: [FI, {place: [FR, DE], when: asked}]",
            "process in Germany",
            "unknown: place-partly FR DE at processing.1 when asked",
        ),
        ("processing: [FI, DE]", "process in Germany", "yes: place DE at processing.1"),
        (
            "processing: [{place: DE, how: remote-access}]",
            "process in Germany",
            "yes: remote DE at processing.0",
        ),
        ("", "process in Germany", "unknown: no-place at the service"),
        (
            "sees: [usage, {data: identity, extent: partial, when: asked}]",
            "see email",
            "unknown: sees-part identity at sees.1 when asked",
        ),
        (
            "sees: [usage, {data: telemetry, may_contain: [content, identity], when: asked}]",
            "see email",
            "unknown: may-contain identity at sees.1 when asked",
        ),
        (
            "sees: [{data: telemetry, may_contain: [identity]}]",
            "see email",
            "unknown: may-contain identity at sees.0",
        ),
        ("never_sees: [usage, identity]", "see email", "no: never-sees identity at never_sees.1"),
        ("", "see email", "unknown: silent identity.email at the service"),
        ("never_sees: [identity.email]", "see identity", "unknown: silent identity at the service"),
        (
            "sees: [usage, {data: identity.email, when: asked}]",
            "see email",
            "yes: sees identity.email at sees.1 when asked",
        ),
        (
            "sees: [identity.email], never_sees: [identity.email]",
            "see email",
            "unknown: sees identity.email at sees.0; never-sees identity.email at never_sees.0",
        ),
        (
            "sees: [content]",
            "see personal data",
            "unknown: sees content at sees.0; silent personal at the service",
        ),
        ("sees: [identity.email]", "see personal data", "yes: sees identity.email at sees.0"),
        ("", "see personal data", "unknown: silent personal at the service"),
        ("never_sees: [everything]", "see personal data", "no: never-sees everything at never_sees.0"),
        ("", "are based in Germany", "unknown: no-entity-country at entity"),
        ("entity: {country: DE}", "are based in the EU", "yes: based DE at entity.country"),
        (
            "entity: {country: US}",
            "are based outside adequate countries",
            "unknown: based-open US at entity.country",
        ),
        ("role: vendor", "are vendors", "yes: role vendor at role"),
        ("activation: opt-in", "are opt-in", "yes: activation opt-in at activation"),
        ("", "are always used", "yes: activation-default always at activation"),
        ("activation: always", "are always used", "yes: activation always at activation"),
        ("", "are vendors", "no: role-default subprocessor at role"),
        ("products: [Forms, Surveys]", "serve product Surveys", "yes: products Forms, Surveys at products"),
        ("", "serve product Surveys", "yes: all-products  at products"),
        ("", "are named a", "yes: name A at name"),
        ("since: 2024-02-01", "are in use since 2024-01-01", "yes: since 2024-02-01 at since"),
        ("", "are in use since 2024-01-01", "unknown: not-stated since at the service"),
        (
            "sees: [identity.email], processing: [US]",
            "see email and process outside the EU",
            "yes: sees identity.email at sees.0; place US at processing.0",
        ),
        (
            "sees: [identity.email], processing: [US]",
            "do not see email or that process outside the EU",
            "yes: place US at processing.0",
        ),
        ("never_sees: [content]", "see email and content", "no: never-sees content at never_sees.0"),
    ],
)
def test_what_an_answer_rests_on(fields: str, question: str, told: str) -> None:
    index = listing(f"  a: {{name: A, {fields}}}\n")
    asked = ask(index, question, DAY, index.model.services)
    (answer,) = asked.answers
    assert f"{answer.verdict}: {'; '.join(map(reason, answer.result.evidence))}" == told
    assert asked.with_verdict(answer.verdict) == (answer,)
    assert grammar.parse(str(asked.question), index.category_tree, index.gazetteer) == asked.question
    assert (asked.registry, asked.text, asked.as_of, answer.key, answer.service.name) == (
        index,
        question,
        DAY,
        "a",
        "A",
    )


NAMED = listing(
    """\
  deepl: {name: DeepL, products: [Surveys]}
  old: {name: Old Co, formerly: [older], until: 2020-01-01}
"""
)


@pytest.mark.parametrize("text", ["named deepl", "named old co", "named older", "serve product surveys"])
def test_a_name_that_any_service_of_the_list_has_is_asked_for(text: str) -> None:
    assert ask(NAMED, text, DAY).answers


@pytest.mark.parametrize(
    ("text", "word", "message", "hint"),
    [
        ("see email or named deepel", "deepel", "no service of the list is named 'deepel'", "mean DeepL?"),
        ("are named Elsewhere", "Elsewhere", "is named 'Elsewhere'", "see: subproc list --all"),
        ("serve product Surveis", "Surveis", "names the product 'Surveis'", "did you mean Surveys?"),
        ("serve product Mail", "Mail", "names the product 'Mail'", "the list names Surveys"),
    ],
)
def test_a_name_that_no_service_of_the_list_has_is_refused(
    text: str, word: str, message: str, hint: str
) -> None:
    with pytest.raises(QuestionSyntaxError, match=message) as caught:
        ask(NAMED, text, DAY)
    fault = caught.value
    assert fault.text[fault.start : fault.end] == word
    assert hint in (fault.hint or "")


@pytest.mark.parametrize("code", load_country_codes())
def test_every_code_of_a_country_can_be_asked_and_read_again(code: str) -> None:
    for text in (f"process in {code}", f"process outside DE or {code}", f"are based in {code}"):
        question = grammar.parse(text, LIST.category_tree, LIST.gazetteer)
        assert code in str(question)
        assert grammar.parse(str(question), LIST.category_tree, LIST.gazetteer) == question


def test_what_is_missing_at_the_end_is_pointed_at_behind_it() -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        grammar.parse("see email and ", LIST.category_tree, LIST.gazetteer)
    assert (caught.value.start, caught.value.end) == (len("see email and"), len("see email and") + 1)


def test_how_deep_a_question_may_be() -> None:
    deepest = "(" * MAX_DEPTH + "see email" + ")" * MAX_DEPTH
    assert str(grammar.parse(deepest, LIST.category_tree, LIST.gazetteer)) == "sees(identity.email)"
    with pytest.raises(QuestionSyntaxError, match=f"nested more than {MAX_DEPTH} levels deep"):
        grammar.parse(f"({deepest})", LIST.category_tree, LIST.gazetteer)


def reason(because: Evidence) -> str:
    assert because.path[:2] == ("services", "a")
    words = " ".join((because.reason, *because.subject))
    place = ".".join(map(str, because.path[2:])) or "the service"
    assert isinstance(because.condition, str)
    return f"{words} at {place}" + (f" when {because.condition}" if because.condition else "")
