"""Apache Spark as the place where work on documents is done: https://spark.apache.org/docs/latest/api/python/.

For whoever outgrows one machine. It runs the very functions that `processes.spread` runs in forked processes, so the
results are the same; the package has to be installed on the workers. Needs the `spark` extra and Java.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

if TYPE_CHECKING:
    from pyspark import SparkContext

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")
#: Portions of work for each core: enough that one that takes long does not keep the others waiting.
_PORTIONS = 4
_LOOPBACK = "127.0.0.1"
_SETTINGS = [
    ("spark.ui.enabled", "false"),
    ("spark.ui.showConsoleProgress", "false"),
    ("spark.log.level", "ERROR"),
]


class Spark:
    """A running Spark application; `spread` has the signature and the meaning of `processes.spread`."""

    def __init__(self, context: "SparkContext") -> None:
        self._context = context

    def spread(
        self, work: Callable[[_Item], _Found], items: Sequence[_Item], weights: Sequence[int]
    ) -> list[_Found]:
        """`work` done on every item, in the order of the items. What it raises of bad input is raised here."""
        if not items:
            return []
        # Spark cuts a list into runs of equal length: heavy and light ones take turns.
        heaviest = sorted(range(len(items)), key=lambda index: -weights[index])
        count = min(len(items), self._context.defaultParallelism * _PORTIONS)
        dealt = [index for first in range(count) for index in heaviest[first::count]]
        portions = self._context.parallelize([(index, items[index]) for index in dealt], count)
        found = dict(portions.map(_Kept(work)).collect())
        for index in range(len(items)):
            if isinstance(found[index], SoseiError):
                raise found[index]
        return [found[index] for index in range(len(items))]


class _Kept:
    """The work on a numbered item; bad input is handed back as a value, for Spark would repeat it and then give up."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def __call__(self, numbered: tuple[int, Any]) -> tuple[int, Any]:
        index, item = numbered
        try:
            return index, self._work(item)
        except SoseiError as error:
            return index, error


@contextmanager
def spark(master: str) -> Iterator[Spark]:
    """A Spark application at this master (`local[4]`, `spark://host:7077`, `yarn`), until the block ends."""
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError as error:
        raise SoseiError(
            Text("Apache Spark がありません", "Apache Spark is not installed"),
            hint=Text('pip install "sosei-graph[spark]"', 'pip install "sosei-graph[spark]"'),
        ) from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise SoseiError(
            Text("Apache Spark には Java が要ります", "Apache Spark needs Java"),
            hint=Text("Java 17 以降を入れてください", "install Java 17 or later"),
        )
    conf = SparkConf().setMaster(master).setAppName("sosei").setAll(_SETTINGS)
    if master.startswith("local"):
        # Nothing of a run on this machine is for the network, and its workers are as this process is.
        conf = conf.set("spark.driver.host", _LOOPBACK).set("spark.driver.bindAddress", _LOOPBACK)
        conf = conf.set("spark.pyspark.python", sys.executable)
        conf = conf.setExecutorEnv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    try:
        with _quiet():
            context = SparkContext(conf=conf)
    except Exception as error:
        raise SoseiError(
            Text(f"Apache Spark を始められません: {master}", f"Apache Spark does not start at {master}"),
            hint=Text("--master を確かめてください（例: local[2]）", "check --master (such as local[2])"),
        ) from error
    try:
        yield Spark(context)
    finally:
        context.stop()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what the Java machine that starts here says of itself, now and later, off the standard error."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
