"""Whether memory grows with the length of the recording.

    python tests/bench/bench_memory.py samples/dev-skills-02 --minutes 10 100

Repeats a gold session to the lengths asked for (in a temporary folder), runs ``assistant process`` on each, and prints
the peak resident memory. 100 minutes take about a quarter of that. Needs ``os.wait4`` (Linux, macOS).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np
from rich.console import Console

RATE = 16_000
WANTED_MB = 2560


def lengthen(source: Path, target: Path, minutes: float) -> None:
    """Write ``source`` over and over until ``minutes`` are full: 16 kHz mono FLAC."""
    with av.open(str(source)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        pieces = [out.to_ndarray() for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        pieces += [out.to_ndarray() for out in resampler.resample(None)]
    audio = np.concatenate(pieces, axis=1)
    left = round(minutes * 60 * RATE)
    written = 0
    with av.open(str(target), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE)
        stream.layout = "mono"
        while left > 0:
            for at in range(0, audio.shape[1], RATE):
                samples = np.ascontiguousarray(audio[:, at : at + min(RATE, left)])
                frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, written
                container.mux(stream.encode(frame))
                written += samples.shape[1]
                left -= samples.shape[1]
                if left <= 0:
                    break
        container.mux(stream.encode(None))


def peak_mb(command: list[str]) -> tuple[float, float, int]:
    """Run a command, drop all it prints, and return its peak resident memory, its wall time and its exit code."""
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts the resident size in kilobytes, macOS in bytes.
    scale = 1024**2 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss / scale, time.monotonic() - began, child.returncode


def main() -> int:
    """Measure every length and print; exit 1 where the program failed."""
    console = Console(highlight=False)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("session", type=Path, help="a gold session's folder")
    parser.add_argument("--minutes", type=float, nargs="+", default=[10.0, 100.0])
    chosen = parser.parse_args()
    recording = next(iter(sorted(chosen.session.glob("*.flac"))), None)
    if recording is None:
        parser.error("the session has no recording")
    peaks: list[float] = []
    for minutes in chosen.minutes:
        with tempfile.TemporaryDirectory() as folder:
            long = Path(folder) / "long.flac"
            lengthen(recording, long, minutes)
            group = str(chosen.session / "group.toml")
            command = ["process", str(long), "--group", group, "--drafts", str(Path(folder) / "drafts")]
            peak, wall, code = peak_mb([sys.executable, "-m", "assistant", *command])
        # Exit 3: the gate refused a note. The work was done all the same.
        if code not in {0, 3}:
            console.print(f"{minutes:g} minutes: exit {code}; see it by hand")
            return 1
        peaks.append(peak)
        console.print(
            f"{minutes:g} minutes: peak {peak:.0f} MB, {wall:.0f} s ({wall / (60 * minutes):.3f} of the length)"
        )
    console.print(
        f"longest / shortest: {peaks[-1] / peaks[0]:.2f}; highest {max(peaks):.0f} MB (wanted: at most {WANTED_MB})"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
