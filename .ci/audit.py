"""Ask for known vulnerabilities of what is installed; say so where nothing could be asked."""

import json
import subprocess
import sys

command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
done = subprocess.run([*command, "--timeout", "10"], capture_output=True, check=False)  # noqa: S603
try:
    packages = json.loads(done.stdout)["dependencies"]
except ValueError:
    reason = done.stderr.decode().strip().rpartition("\n")[2]
    if "onnection" not in reason and "resolve" not in reason and "timed out" not in reason:
        sys.exit(f"pip-audit failed: {reason}")
    packages = []
asked = [package for package in packages if "skip_reason" not in package]
vulnerable = [package for package in asked if package["vulns"]]
for package in vulnerable:
    known = ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
    sys.stdout.write(f"{package['name']} {package['version']}: {known}\n")
if not asked:
    sys.stdout.write("No database of vulnerabilities could be reached: no package was audited.\n")
else:
    sys.stdout.write(
        f"{len(asked)} of {len(packages)} packages audited, {len(vulnerable)} with known vulnerabilities.\n"
    )
sys.exit(bool(vulnerable))
