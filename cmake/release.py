#!/usr/bin/env python3
"""Gathers what a release offers, from build trees that are built: packages, checksums, the list of what is linked in, and manifests.

    cmake/release.py --tag v0.1.0 --repository schancfg/schancfg --out release build/release build/mingw

writes to --out the .deb files and the .zip of cpack, SHA256SUMS, schancfg-VERSION.cdx.json (CycloneDX 1.5: what the programs contain), schancfg.json (a scoop
manifest), the three files of a winget manifest, and notes.md (the part of CHANGELOG.md for this version).
"""
import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Compiled in or linked statically. (Debian package that says the version, name, licence, where it comes from.)
PARTS = [
    ("libboost-program-options-dev", "boost-program-options", "BSL-1.0", "https://www.boost.org"),
    ("libfmt-dev", "fmt", "MIT", "https://fmt.dev"),
    ("nlohmann-json3-dev", "nlohmann-json", "MIT", "https://json.nlohmann.me"),
    ("libpugixml-dev", "pugixml", "MIT", "https://pugixml.org"),
    ("libspdlog-dev", "spdlog", "MIT", "https://github.com/gabime/spdlog"),
    ("libtomlplusplus-dev", "tomlplusplus", "MIT", "https://marzer.github.io/tomlplusplus"),
    ("g++", "libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
]


def version_of_project():
    return re.search(r"project\(schancfg VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def upstream(package):
    """The version of a Debian package without Debian's own parts: `1.74.0` of `1.74.0.3+dfsg`."""
    said = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=False).stdout
    return re.sub(r"^\d+:|[-+~].*$", "", said) or "unknown"


def bill_of_materials(version):
    parts = [{"type": "library", "bom-ref": name, "name": name, "version": upstream(package), "licenses": [{"expression": licence}],
              "externalReferences": [{"type": "website", "url": page}]} for package, name, licence, page in PARTS]
    # The page that the programs hold.
    page = json.loads((ROOT / "cli/page/package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/preact"]
    parts.append({"type": "library", "bom-ref": "preact", "name": "preact", "version": page["version"], "licenses": [{"expression": page["license"]}],
                  "externalReferences": [{"type": "website", "url": "https://preactjs.com"}]})
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'schancfg/' + version)}", "version": 1,
            "metadata": {"component": {"type": "application", "bom-ref": "schancfg", "name": "schancfg", "version": version, "licenses": [{"license": {"id": "MIT"}}]}},
            "components": parts, "dependencies": [{"ref": "schancfg", "dependsOn": [part["bom-ref"] for part in parts]}]}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def scoop(version, page, archive):
    return {"version": version, "description": "TLS settings of Windows (Schannel) as a profile", "homepage": page, "license": "MIT",
            "architecture": {"64bit": {"url": f"{page}/releases/download/v{version}/{archive.name}", "hash": digest(archive), "extract_dir": archive.stem}},
            "bin": "schancfg.exe", "checkver": "github",
            "autoupdate": {"architecture": {"64bit": {"url": f"{page}/releases/download/v$version/schancfg-$version-win64.zip", "extract_dir": "schancfg-$version-win64"}}}}


def winget(version, page, archive):
    """File name -> text."""
    head = f"PackageIdentifier: schancfg.schancfg\nPackageVersion: {version}\n"
    tail = "ManifestVersion: 1.6.0\n"
    installer = (f"{head}InstallerType: zip\nNestedInstallerType: portable\nNestedInstallerFiles:\n- RelativeFilePath: {archive.stem}\\schancfg.exe\n"
                 f"  PortableCommandAlias: schancfg\nInstallers:\n- Architecture: x64\n  InstallerUrl: {page}/releases/download/v{version}/{archive.name}\n"
                 f"  InstallerSha256: {digest(archive).upper()}\nManifestType: installer\n{tail}")
    locale = (f"{head}PackageLocale: en-US\nPublisher: The schancfg authors\nPackageName: schancfg\nPackageUrl: {page}\nLicense: MIT\n"
              f"ShortDescription: TLS settings of Windows (Schannel) as a profile\nManifestType: defaultLocale\n{tail}")
    return {"schancfg.schancfg.yaml": f"{head}DefaultLocale: en-US\nManifestType: version\n{tail}", "schancfg.schancfg.installer.yaml": installer,
            "schancfg.schancfg.locale.en-US.yaml": locale}


def notes(version):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in (re.escape(version), "Unreleased"):
        if found := re.search(rf"^## \[?{name}\]?[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S):
            return found.group(1).strip() + "\n"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tag", required=True)
    parser.add_argument("--repository", required=True, help="OWNER/NAME")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--no-cpack", action="store_true", help="the packages are in the trees already")
    parser.add_argument("trees", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    version = version_of_project()
    if arguments.tag != f"v{version}":
        sys.exit(f"the tag {arguments.tag} is not v{version}, which CMakeLists.txt says")
    arguments.out.mkdir(parents=True, exist_ok=True)
    packages = []
    for tree in arguments.trees:
        if not arguments.no_cpack:
            subprocess.run(["cpack", "--config", tree.resolve() / "CPackConfig.cmake"], cwd=tree, check=True, stdout=subprocess.DEVNULL)
        for package in sorted([*tree.glob("*.deb"), *tree.glob("*.zip")]):
            target = arguments.out / package.name
            target.write_bytes(package.read_bytes())
            packages.append(target)
    archive = next((package for package in packages if package.suffix == ".zip"), None)
    if archive is None or not any(package.suffix == ".deb" for package in packages):
        sys.exit("there is no .zip or no .deb in " + ", ".join(map(str, arguments.trees)))
    page = f"https://github.com/{arguments.repository}"
    bill = arguments.out / f"schancfg-{version}.cdx.json"
    bill.write_text(json.dumps(bill_of_materials(version), indent=2) + "\n", encoding="utf-8")
    (arguments.out / "schancfg.json").write_text(json.dumps(scoop(version, page, archive), indent=4) + "\n", encoding="utf-8")
    for name, text in winget(version, page, archive).items():
        (arguments.out / name).write_text(text, encoding="utf-8")
    (arguments.out / "notes.md").write_text(notes(version), encoding="utf-8")
    sums = "".join(f"{digest(file)}  {file.name}\n" for file in [*packages, bill])
    (arguments.out / "SHA256SUMS").write_text(sums, encoding="utf-8")


if __name__ == "__main__":
    main()
