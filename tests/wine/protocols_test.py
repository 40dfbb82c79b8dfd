"""The protocol switches one by one: what a new process gets from Schannel after each combination of values.

The rules are those of Wine 8 (dlls/secur32/schannel.c, read_config): clients only; Enabled missing: the protocol's default; a DWORD other
than 0: on; 0 or another type: off, unless its data has more than four bytes, which Wine takes for missing. DisabledByDefault likewise.
How Windows itself treats other types is not what Wine shows.
"""

import itertools
import unittest

from wine_registry import CLIENT, SCHANNEL, WineTest, windows_path

# bit, on by default, left out by default
TLS = {"SSL 2.0": (0x8, False, True), "SSL 3.0": (0x20, True, False), "TLS 1.0": (0x80, True, False), "TLS 1.1": (0x200, True, False),
       "TLS 1.2": (0x800, True, False)}
DTLS = {"DTLS 1.0": (0x20000, True, True), "DTLS 1.2": (0x80000, True, True)}
NOT_IN_GNUTLS = 0x8
TOO_LONG = '"text"'
ENABLED = ('"default"', "0", "1", "4294967295", '"1"', TOO_LONG)
DISABLED_BY_DEFAULT = ('"default"', "0", "1")
NOTHING_LEFT = "refused: 0x80090311"


def is_set(given, default):
    """What Schannel makes of a value that a profile gives as `given`."""
    if given in ('"default"', TOO_LONG):
        return default
    return given.isdigit() and given != "0"


class Protocols(WineTest):
    def write(self, family, other, enabled, disabled_by_default):
        lines = ["format = 1"]
        for name in family:
            lines += ["[registry.'%s\\Protocols\\%s\\Client']" % (SCHANNEL, name), "Enabled = " + enabled,
                      "DisabledByDefault = " + disabled_by_default]
        # A process may not ask for both families at once.
        for name in other:
            lines += ["[registry.'%s\\Protocols\\%s\\Client']" % (SCHANNEL, name), "Enabled = 0"]
        self.schancfg("apply", windows_path(self.file("switches.toml", "\n".join(lines) + "\n")), "--yes", "--force")

    def acquired(self, *masks):
        """What a new process gets for each of the masks, 0 being the defaults."""
        return self.run_windows(CLIENT, "--protocols", *("%x" % mask for mask in masks)).splitlines()

    def check(self, family, other):
        for enabled, disabled in itertools.product(ENABLED, DISABLED_BY_DEFAULT):
            with self.subTest(enabled=enabled, disabled_by_default=disabled):
                self.write(family, other, enabled, disabled)
                on = by_itself = 0
                for bit, on_by_default, left_out in family.values():
                    if bit == NOT_IN_GNUTLS or not is_set(enabled, on_by_default):
                        continue
                    on |= bit
                    if not is_set(disabled, left_out):
                        by_itself |= bit
                self.assertEqual(self.acquired(0, sum(bit for bit, _, _ in family.values())),
                                 ["0x%x" % bits if bits else NOTHING_LEFT for bits in (by_itself, on)])

    def test_every_combination_of_the_tls_switches_does_what_the_rules_say(self):
        self.check(TLS, DTLS)

    def test_every_combination_of_the_dtls_switches_does_what_the_rules_say(self):
        self.check(DTLS, TLS)


if __name__ == "__main__":
    unittest.main()
