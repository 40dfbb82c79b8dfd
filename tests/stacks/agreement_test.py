"""What doctor predicts from a scan is what really happens: servers of OpenSSL and GnuTLS, seen by nmap and by sslscan, and openssl s_client."""

import collections
import concurrent.futures
import unittest

import settings
import stacks

SERVERS = 64
SEED = 4
WORKERS = 8


class Agreement(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.files = stacks.make_files()
        cls.reasons = collections.Counter()
        cls.names = stacks.iana_names()
        made = settings.servers(SERVERS, SEED)
        cls.running = [stacks.Running(setting, port, cls.files) for setting, port in zip(made, stacks.free_ports(len(made)))]
        try:
            for server in cls.running:
                server.wait()
            with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
                by_nmap = pool.submit(stacks.scan_with_nmap, [server.port for server in cls.running])
                cls.by_sslscan = dict(zip(cls.running, pool.map(lambda server: stacks.scan_with_sslscan(server.port), cls.running)))
                cls.by_nmap = by_nmap.result()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        for server in cls.running:
            server.stop()

    def compare(self, client, client_file, server):
        """Lines about what was predicted wrongly, and the verdicts."""
        real = stacks.connect(client, server.port, self.names)
        wrong, verdicts = [], []
        for scanner, scan in ("nmap", self.by_nmap), ("sslscan", self.by_sslscan[server]):
            answer = stacks.ask_doctor(client_file, scan, server.port)
            verdict = answer["verdict"]
            # null: any.
            possible = [(each["protocol"], each["cipher_suite"]) for each in (answer["candidates"] or [answer])]
            happens = real is not None and any(protocol in (None, real[0]) and suite in (None, real[1]) for protocol, suite in possible)
            right = {"agree": happens, "disagree": real is None, "unknown": bool(answer["questions"])}[verdict]
            verdicts.append((scanner, verdict if verdict != "agree" or answer["cipher_suite"] else "agree on one of several"))
            if not right:
                wrong.append("%s, client %s, by %s: %s %s, because %s; really %s\n    %s" % (
                    server.setting.name, client.name, scanner, verdict, possible, answer["reason"]["message"], real, server.setting))
            if verdict == "unknown":
                self.reasons[scanner, answer["reason"]["id"]] += 1
        return wrong, verdicts

    def test_every_prediction_comes_true(self):
        jobs = []
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            for number, client in enumerate(settings.CLIENTS):
                file = stacks.FOLDER / ("client-%d.toml" % number)
                file.write_text(client.peer())
                jobs += [pool.submit(self.compare, client, file, server) for server in self.running]
        wrong, count = [], collections.Counter()
        for job in jobs:
            lines, verdicts = job.result()
            wrong += lines
            count.update(verdicts)
        print("\n%d servers, %d clients: %s" % (len(self.running), len(settings.CLIENTS), ", ".join("%s %s %d" % (*key, count[key]) for key in sorted(count))))
        print("unknown: %s" % ", ".join("%s %s %d" % (*key, self.reasons[key]) for key in sorted(self.reasons)))
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))
        # A prophet who never says anything is not wrong either. nmap sees one group of each server.
        asked = len(jobs)
        for scanner, most in ("nmap", asked // 5), ("sslscan", asked // 20):
            self.assertLess(count[scanner, "unknown"], most, scanner)
            self.assertGreater(count[scanner, "disagree"], asked // 10, scanner)
            self.assertGreater(count[scanner, "agree"] + count[scanner, "agree on one of several"], asked // 4, scanner)


if __name__ == "__main__":
    missing = stacks.missing_tools()
    if missing:
        raise SystemExit("not installed: " + " ".join(missing))
    unittest.main()
