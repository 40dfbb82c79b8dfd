"""What doctor predicts from a scan is what really happens: servers of OpenSSL and GnuTLS, seen by nmap and by sslscan, and openssl s_client."""

import collections
import concurrent.futures
import os
import unittest

import settings
import stacks

SERVERS = 64
SEED = 4
WORKERS = 8
HIDDEN_OF = int(os.environ.get("STACKS_HIDDEN_OF", "8"))  # of the servers each client with something hidden meets one in so many


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
                cls.by_nmap_bare = stacks.without_certificates(cls.by_nmap)
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        for server in cls.running:
            server.stop()

    def is_right(self, answer, real):
        """Is what doctor says true of what really happened?"""
        # null: any.
        possible = [(each["protocol"], each["cipher_suite"]) for each in (answer["candidates"] or [answer])]
        happens = real is not None and any(protocol in (None, real[0]) and suite in (None, real[1]) for protocol, suite in possible)
        return {"agree": happens, "disagree": real is None, "unknown": bool(answer["questions"])}[answer["verdict"]], possible

    def compare_hidden(self, client, number, server):
        """The same with one line of the client's file left out, and by a scan without the certificate: a prediction becomes open at most."""
        real = stacks.connect(client, server.port, self.names)
        wrong, verdicts = [], collections.Counter()
        for key, text in settings.without_each_line(client.peer()):
            file = stacks.FOLDER / ("client-%d-without-%s-at-%d.toml" % (number, key, server.port))
            file.write_text(text)
            answers = [(key, stacks.ask_doctor(file, self.by_nmap, server.port))]
            if key == "name":
                answers = [("certificate", stacks.ask_doctor(file, self.by_nmap_bare, server.port))]
            for hidden, answer in answers:
                right, possible = self.is_right(answer, real)
                # What rests on a condition says so.
                right = right or (answer["verdict"] == "agree" and bool(answer["assumptions"]))
                verdicts[answer["verdict"]] += 1
                if not right:
                    wrong.append("%s, client %s, without %s: %s %s; really %s" % (server.setting.name, client.name, hidden, answer["verdict"], possible, real))
        return wrong, verdicts

    def compare(self, client, client_file, server):
        """Lines about what was predicted wrongly, and the verdicts."""
        real = stacks.connect(client, server.port, self.names)
        wrong, verdicts = [], []
        for scanner, scan in ("nmap", self.by_nmap), ("sslscan", self.by_sslscan[server]):
            answer = stacks.ask_doctor(client_file, scan, server.port)
            verdict = answer["verdict"]
            right, possible = self.is_right(answer, real)
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

    def test_with_one_fact_hidden_no_prediction_becomes_wrong(self):
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            jobs = [pool.submit(self.compare_hidden, client, number, server) for number, client in enumerate(settings.CLIENTS) for server in self.running[number::HIDDEN_OF]]
        wrong, count = [], collections.Counter()
        for job in jobs:
            lines, verdicts = job.result()
            wrong += lines
            count.update(verdicts)
        print("\nwith one fact hidden: %s" % ", ".join("%s %d" % (key, count[key]) for key in sorted(count)))
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))
        self.assertGreater(count["unknown"], 20)
        self.assertGreater(count["agree"] + count["disagree"], 20)


if __name__ == "__main__":
    missing = stacks.missing_tools()
    if missing:
        raise SystemExit("not installed: " + " ".join(missing))
    unittest.main()
