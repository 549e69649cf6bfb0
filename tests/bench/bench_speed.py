"""How long the whole pipeline takes against bare faster-whisper on the same file, model and threads.

    python tests/bench/bench_speed.py samples/dev-skills-02 --runs 3

Each run measures A (bare faster-whisper: beam 5, word times, nothing else) and then B (``assistant process``), each in
a process of its own, so that whatever else the machine does meets both alike. Wall time and processor time both include
starting the program and loading its models. Needs a system with ``os.wait4`` (Linux, macOS).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import av
from rich.console import Console

from assistant.models.places import models_folder

_BARE = """
import sys, time
from faster_whisper import WhisperModel
began = time.monotonic()
threads = int(sys.argv[3])
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
loaded = time.monotonic()
segments, _ = model.transcribe(sys.argv[2], language="en", beam_size=5, word_timestamps=True)
words = sum(len(segment.words or ()) for segment in segments)
print(words, loaded - began, time.monotonic() - loaded)
"""


@dataclass(frozen=True)
class Measured:
    """What one child process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int
    output: str


def run(command: list[str]) -> Measured:
    """Run a command to its end; its error output is dropped, so that nothing of a session is shown."""
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        output = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts the resident size in kilobytes, macOS in bytes.
    scale = 1024**2 if sys.platform == "darwin" else 1024
    return Measured(
        wall_s=time.monotonic() - began,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss / scale,
        code=child.returncode,
        output=output,
    )


def length_s(path: Path) -> float:
    """Return the length of a recording."""
    with av.open(str(path)) as container:
        return float(container.duration or 0) / av.time_base


def main() -> int:
    """Measure in turn and print; exit 1 where a child failed."""
    console = Console(highlight=False)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("session", type=Path, help="a gold session's folder")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--model", default="whisper-base", help="name of a model under the models folder")
    chosen = parser.parse_args()
    recording = next(iter(sorted(chosen.session.glob("*.flac"))), None)
    if recording is None:
        parser.error("the session has no recording")
    seconds = length_s(recording)
    model = models_folder() / chosen.model
    bare: list[Measured] = []
    whole: list[Measured] = []
    for number in range(1, chosen.runs + 1):
        a = run([sys.executable, "-c", _BARE, str(model), str(recording), str(chosen.threads)])
        with tempfile.TemporaryDirectory() as folder:
            group = str(chosen.session / "group.toml")
            command = ["process", str(recording), "--group", group, "--drafts", str(Path(folder) / "drafts")]
            b = run([sys.executable, "-m", "assistant", *command])
        # Exit 3: the gate refused a note. The work was done all the same.
        if a.code != 0 or b.code not in {0, 3}:
            console.print(f"run {number}: exit {a.code} (bare) and {b.code} (pipeline); see them by hand")
            return 1
        bare.append(a)
        whole.append(b)
        words, loading, hearing = a.output.split()
        console.print(
            f"run {number}: bare {a.wall_s:.1f} s wall, {a.cpu_s:.1f} s CPU, {a.peak_mb:.0f} MB "
            f"(load {float(loading):.1f} s, hear {float(hearing):.1f} s, {words} words); "
            f"pipeline {b.wall_s:.1f} s wall, {b.cpu_s:.1f} s CPU, {b.peak_mb:.0f} MB; "
            f"ratio {b.wall_s / a.wall_s:.2f} wall, {b.cpu_s / a.cpu_s:.2f} CPU"
        )
    console.print(f"recording: {seconds:.1f} s, model {chosen.model}, {chosen.threads} threads, {chosen.runs} runs")
    for name, runs in (("bare faster-whisper", bare), ("whole pipeline", whole)):
        wall = statistics.median(m.wall_s for m in runs)
        cpu = statistics.median(m.cpu_s for m in runs)
        peak = max(m.peak_mb for m in runs)
        console.print(
            f"{name}: median {wall:.1f} s wall ({wall / seconds:.3f} of the length), "
            f"{cpu:.1f} s CPU ({cpu / seconds:.3f}), peak {peak:.0f} MB"
        )
    ratio = statistics.median(b.wall_s / a.wall_s for a, b in zip(bare, whole, strict=True))
    cpu_ratio = statistics.median(b.cpu_s / a.cpu_s for a, b in zip(bare, whole, strict=True))
    console.print(f"pipeline / bare: median {ratio:.2f} wall (wanted: at most 1.30), {cpu_ratio:.2f} CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
