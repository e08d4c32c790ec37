"""A pytest plugin, `-p support.forking`: workers are forked from the process of the tests."""

from countermark.execution import forks

forks.allow()
