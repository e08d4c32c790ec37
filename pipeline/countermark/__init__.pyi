from countermark.api import check_document as check_document
from countermark.api import check_file as check_file
from countermark.api import load_policy as load_policy
from countermark.config.policy import Policy as Policy
from countermark.model import DocumentReport as DocumentReport
from countermark.model import Finding as Finding
from countermark.model import Marking as Marking
from countermark.model import Stage as Stage
from countermark.model import Verdict as Verdict
from countermark.support.errors import CountermarkError as CountermarkError
from countermark.support.passwords import Passwords as Passwords

__version__: str
__all__: tuple[str, ...]
