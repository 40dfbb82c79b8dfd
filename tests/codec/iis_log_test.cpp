#include "schancfg/codec/iis_log.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace schancfg;

namespace {

codec::IisLogReader read(std::string_view text, std::size_t part = 1u << 20) {
    codec::IisLogReader reader("x.log");
    for (; !text.empty(); text.remove_prefix(std::min(part, text.size()))) reader.add(text.substr(0, part));
    reader.finish();
    return reader;
}

std::string shown(const codec::IisLogReader& reader) {
    std::string out;
    for (const codec::LoggedUse& use : reader.uses()) {
        const codec::TlsWay way = codec::tls_way(use);
        out += use.client + (use.through.empty() ? "" : " through " + use.through) + ": " + std::string(way.protocol) + ' ' + std::string(way.key_exchange) + ' ' + std::string(way.cipher) + ' ' +
               std::string(way.hash) + " x" + std::to_string(use.count) + ' ' + use.first + " - " + use.last + '\n';
    }
    return out;
}

const std::string sample =
    "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-10-01 06:00:00\r\n"
    "#Fields: date time s-ip cs-method c-ip cs(User-Agent) crypt-protocol crypt-cipher crypt-hash crypt-keyexchange\r\n"
    "2026-10-01 06:00:01 192.0.2.10 GET 198.51.100.7 Mozilla/5.0+(X11) 400 6610 800d ae06\r\n"
    "2026-10-01 06:00:02 192.0.2.10 GET 198.51.100.8 LegacyAgent/1.0 40 6603 8004 a400\r\n"
    "2026-10-01 06:00:03 192.0.2.10 GET 198.51.100.9 curl/8.0 - - - -\r\n"
    "2026-10-01 06:00:04 192.0.2.10 GET 198.51.100.7 Mozilla/5.0+(X11) 400 6610 800d ae06\r\n"
    "2026-10-01 05:00:00 192.0.2.10 GET 198.51.100.7 Mozilla/5.0+(X11) 400 6610 800d ae06\r\n";

}  // namespace

TEST_CASE("a log says which client came by what, how often, and when first and last", "[codec]") {
    const auto reader = read(sample);
    CHECK(shown(reader) == "198.51.100.7: TLS 1.2 ECDHE AES-256 SHA-384 x3 2026-10-01 05:00:00 - 2026-10-01 06:00:04\n"
                           "198.51.100.8: TLS 1.0 RSA 3DES SHA-1 x1 2026-10-01 06:00:02 - 2026-10-01 06:00:02\n");
    CHECK(reader.requests() == 4);
    CHECK(reader.plain() == 1);
    CHECK(reader.diagnostics().empty());
    // However the bytes come.
    for (std::size_t part = 1; part < 90; ++part) CHECK(shown(read(sample, part)) == shown(reader));
    CHECK(shown(read(sample.substr(0, sample.size() - 2))) == shown(reader));
}

TEST_CASE("fields change in mid-file, have the administrator's names, and stand where they stand", "[codec]") {
    const auto reader = read(sample +
                             "#Fields: date time c-ip s-port TLS-CRYPT_PROTOCOL my-forwarded-for\n"
                             "2026-10-01 07:00:00 203.0.113.1 443 1000 [2001:db8::5]:50123\n"
                             "2026-10-01 07:00:01 203.0.113.1 443 1000 \"198.51.100.20,+198.51.100.21\"\n"
                             "2026-10-01 07:00:02 203.0.113.1 443 1000 198.51.100.22:4711\n"
                             "2026-10-01 07:00:03 [2001:db8::9] 443 1000 -\n");
    CHECK(shown(reader).ends_with("2001:db8::5 through 203.0.113.1: TLS 1.3    x1 2026-10-01 07:00:00 - 2026-10-01 07:00:00\n"
                                  "198.51.100.20 through 203.0.113.1: TLS 1.3    x1 2026-10-01 07:00:01 - 2026-10-01 07:00:01\n"
                                  "198.51.100.22 through 203.0.113.1: TLS 1.3    x1 2026-10-01 07:00:02 - 2026-10-01 07:00:02\n"
                                  "2001:db8::9: TLS 1.3    x1 2026-10-01 07:00:03 - 2026-10-01 07:00:03\n"));
}

TEST_CASE("numbers are hexadecimal, decimal where they can be nothing else, and else not known", "[codec]") {
    const auto protocol = [](std::string text) {
        codec::LoggedUse use;
        use.protocol = std::move(text);
        return std::string(codec::tls_way(use).protocol);
    };
    CHECK(protocol("40") == "TLS 1.0");
    CHECK(protocol("0x400") == "TLS 1.2");
    CHECK(protocol("800") == "TLS 1.2");
    CHECK(protocol("64") == "TLS 1.0");
    CHECK(protocol("1024") == "TLS 1.2");
    CHECK(protocol("4096") == "TLS 1.3");
    CHECK(protocol("10") == "SSL 3.0");
    CHECK(protocol("441").empty());
    CHECK(protocol("TLS1.2").empty());
    CHECK(protocol("99999999999999").empty());
    codec::LoggedUse use{"", "", "400", "26128", "800D", "AE06", 1, "", ""};
    CHECK(codec::tls_way(use).cipher == "AES-256");
    CHECK(codec::tls_way(use).hash == "SHA-384");
    CHECK(codec::tls_way(use).key_exchange == "ECDHE");
}

TEST_CASE("what is no such log is refused, and lines that do not fit are counted", "[codec]") {
    const auto said = [](std::string_view text) {
        std::string out;
        for (const Diagnostic& each : read(text).diagnostics()) out += each.rule + ':' + std::to_string(each.span.line) + ' ';
        return out;
    };
    CHECK(said("") == "iis-log-format:0 ");
    CHECK(said("<xml/>\n") == "iis-log-format:1 ");
    CHECK(said("#Fields: date time c-ip\n2026-10-01 06:00:00 192.0.2.1\n") == "iis-log-no-tls:0 ");
    CHECK(said(sample + "one two\n") == "iis-log-line:10 ");
    CHECK(said(sample + std::string(2u << 20, 'x') + "\n" + std::string(3u << 20, ' ') + "\n") == "iis-log-line:10 ");
    CHECK(said("#Fields: date time c-ip\n2026-10-01 06:00:00 192.0.2.1\n" + sample) == "iis-log-no-protocol:2 ");
    CHECK(said(sample + std::string(5000, '\0')) == "");  // IIS reserves room ahead
}

TEST_CASE("an address is shortened to its network", "[codec]") {
    CHECK(codec::network_of("198.51.100.20") == "198.51.100.0/24");
    CHECK(codec::network_of("::ffff:198.51.100.20") == "198.51.100.0/24");
    CHECK(codec::network_of("2001:db8::5") == "2001:db8::/48");
    CHECK(codec::network_of("2001:db8:7:1:2:3:4:5") == "2001:db8:7::/48");
    CHECK(codec::network_of("::1") == "::/48");
    CHECK(codec::network_of("fe80::1") == "fe80::/48");
    CHECK(codec::network_of("printer") == "other");
    CHECK(codec::network_of("1.2.3") == "other");
    CHECK(codec::network_of("256.1.1.1") == "other");
    CHECK(codec::network_of("zz::1") == "other");
}

TEST_CASE("a log that is read in parts is the log that is read at once", "[codec]") {
    std::string text = sample;
    for (int line = 0; line < 300; ++line) {
        const std::string number = std::to_string(100 + line);
        text += "2026-10-0" + std::to_string(1 + line * 7 % 9) + " 08:00:0" + std::to_string(line % 10) + " 192.0.2.10 GET 198.51.100." + std::to_string(line % 17) + " a/" + number +
                (line % 3 == 0 ? " 400 6610 800d ae06\r\n" : line % 3 == 1 ? " 40 6603 8004 a400\r\n" : " - - - -\r\n");
        if (line % 50 == 20) text += "#Date: 2026-11-01 00:00:00\r\n#Fields: date time s-ip cs-method c-ip cs(User-Agent) crypt-protocol crypt-cipher crypt-hash crypt-keyexchange\r\n";
        if (line % 50 == 40) text += "#Fields: time c-ip s-port crypt-protocol\n09:00:00 192.0.2.1 443 1000\nodd line\n";
        if (line % 50 == 45) text += "#Fields: date time c-ip s-port\n2026-10-01 09:00:00 192.0.2.1 443\n";
    }
    const auto whole = read(text);
    REQUIRE(whole.diagnostics().size() == 2);
    for (const std::size_t size : {1u, 300u, 1000u, 5000u, 20000u}) {
        INFO(size);
        codec::IisLogReader out("x.log");
        std::string_view rest = text;
        const auto take = [&] {
            const std::size_t end = std::min(rest.find('\n', std::min<std::size_t>(size, rest.size() - 1)), rest.size() - 1) + 1;
            const std::string_view part = rest.substr(0, end);
            rest.remove_prefix(end);
            return part;
        };
        out.add(take());
        out.finish();
        const codec::IisLogReader first = out;
        bool all_fit = true;
        while (!rest.empty()) {
            const std::string_view bytes = take();
            codec::IisLogReader part = first.part();
            part.add(bytes);
            part.finish();
            if (!out.is_before(part)) {
                all_fit = false;
                part = out.part();
                part.add(bytes);
                part.finish();
            }
            out.append(std::move(part));
        }
        CHECK(all_fit == (size > 15000));
        CHECK(shown(out) == shown(whole));
        CHECK(out.requests() == whole.requests());
        CHECK(out.plain() == whole.plain());
        REQUIRE(out.diagnostics().size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(out.diagnostics()[i].message == whole.diagnostics()[i].message);
            CHECK(out.diagnostics()[i].span.line == whole.diagnostics()[i].span.line);
        }
    }
}

namespace {

using Row = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string, std::uint64_t, std::string, std::string>;

std::vector<std::string> parted(std::string_view text, char at) {
    std::vector<std::string> out;
    for (;;) {
        const std::size_t end = text.find(at);
        out.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

/// The same table line by line and word by word, without haste.
struct SlowReader {
    std::vector<Row> rows;
    std::uint64_t plain = 0, odd = 0;

    void read(std::string_view text) {
        std::vector<std::string> names;
        std::string day;
        std::map<std::vector<std::string>, std::size_t> places;
        for (std::string line : parted(text, '\n')) {
            if (line.ends_with('\r')) line.pop_back();
            while (line.ends_with('\0')) line.pop_back();
            if (line.empty()) continue;
            if (line.starts_with("#Fields: ")) names = parted(line.substr(9), ' ');
            if (line.starts_with("#Date: ")) day = line.substr(7, 10);
            if (line.starts_with('#')) continue;
            const std::vector<std::string> words = parted(line, ' ');
            if (words.size() != names.size() || line.size() > codec::iis_max_line) {
                ++odd;
                continue;
            }
            const auto word = [&](std::string_view name) {
                const auto found = std::ranges::find(names, name);
                return found == names.end() ? std::string() : words[static_cast<std::size_t>(found - names.begin())];
            };
            const std::string protocol = word("crypt-protocol");
            if (protocol.empty() || protocol == "-" || protocol == "0") {
                ++plain;
                continue;
            }
            std::string client = word("c-ip"), through;
            if (client.starts_with('[')) client = client.substr(1, client.size() - 2);
            if (const std::string forwarded = word("X-Forwarded-For"); !forwarded.empty() && forwarded != "-") {
                if (client != forwarded) through = client;
                client = forwarded;
            }
            const bool has_date = std::ranges::find(names, "date") != names.end();
            std::string time = has_date ? word("date") : day;
            if (const std::string clock = word("time"); !clock.empty()) time += (time.empty() ? "" : " ") + clock;
            const auto [place, is_new] = places.try_emplace({client, through, protocol, word("crypt-cipher"), word("crypt-hash"), word("crypt-keyexchange")}, rows.size());
            if (is_new) rows.emplace_back(client, through, protocol, word("crypt-cipher"), word("crypt-hash"), word("crypt-keyexchange"), 0, time, time);
            auto& [a, b, c, d, e, f, count, first, last] = rows[place->second];
            ++count;
            first = std::min(first, time);
            last = std::max(last, time);
        }
    }
};

std::string made_log(std::mt19937& dice) {
    const auto any_of = [&](const auto& list) { return std::string(list[dice() % std::size(list)]); };
    const std::string_view protocols[] = {"40", "100", "400", "400", "1000", "-", "0", "7777", "a-protocol-nobody-knows"};
    const std::string_view parts[] = {"660e", "6610", "800d", "ae06", "-", "0", "26128", "a-long-number-of-nothing"};
    const std::string_view clients[] = {"198.51.100.7", "198.51.100.8", "10.0.0.1", "203.0.113.254", "198.51.100.100", "2001:db8::5", "[2001:db8::7]", "2001:db8:1:2:3:4:5:6", "-", "1234567890123456", "12345678901234567"};
    const std::string_view forwards[] = {"-", "-", "198.51.100.7", "192.0.2.55", "2001:db8:ffff:2:3:4:5:6"};
    const std::string_view days[] = {"2026-10-01", "2026-10-01", "2026-10-02", "2026-09-30", "2026-10-1", "someday123", "-"};
    const std::string_view clocks[] = {"06:00:00", "06:00:01", "23:59:59", "6:00:00", "-", "06:00:0\xC3"};
    std::string text = dice() % 4 == 0 ? "\xEF\xBB\xBF" : "";
    std::vector<std::string> names;
    const auto name_fields = [&] {
        names = {"crypt-protocol"};
        for (const std::string_view name : {"date", "time", "c-ip", "s-port", "cs(User-Agent)", "X-Forwarded-For", "crypt-cipher", "crypt-hash", "crypt-keyexchange", "sc-status", "cs-uri-stem"}) {
            if (dice() % 8 != 0) names.emplace_back(name);
        }
        std::ranges::shuffle(names, dice);
        text += dice() % 3 == 0 ? "#Date: 2026-08-0" + std::to_string(1 + dice() % 9) + " 00:00:00\n#Fields:" : "#Fields:";
        for (const std::string& name : names) text += ' ' + name;
        text += dice() % 2 == 0 ? "\r\n" : "\n";
    };
    name_fields();
    const std::size_t lines = dice() % 400;
    for (std::size_t line = 0; line < lines; ++line) {
        if (dice() % 60 == 0) name_fields();
        if (dice() % 40 == 0) text += any_of(std::vector<std::string>{"an odd line", " ", "#Remark: nothing", "", std::string(9000, ' '), std::string(40000, 'x')}) + '\n';
        bool is_first = true;
        for (const std::string& name : names) {
            if (!std::exchange(is_first, false)) text += ' ';
            if (name == "date") text += any_of(days);
            else if (name == "time") text += any_of(clocks);
            else if (name == "c-ip") text += any_of(clients);
            else if (name == "X-Forwarded-For") text += any_of(forwards);
            else if (name == "crypt-protocol") text += any_of(protocols);
            else if (name.starts_with("crypt")) text += any_of(parts);
            else text += std::string(dice() % 200 == 0 ? 50000 : dice() % 120, 'u');
        }
        text += dice() % 3 == 0 ? "\r\n" : "\n";
    }
    if (text.size() > 200 && dice() % 3 == 0) text.resize(text.size() - dice() % 40);
    if (dice() % 3 == 0) text.append(dice() % 200, '\0');
    return text;
}

}  // namespace

TEST_CASE("law: however its bytes come, a log gives the table that reading it word by word gives", "[codec][law]") {
    std::mt19937 dice(16);
    for (int round = 0; round < 40; ++round) {
        INFO(round);
        const std::string text = made_log(dice);
        SlowReader slow;
        slow.read(std::string_view(text).substr(text.starts_with("\xEF") ? 3 : 0));
        std::uint64_t requests = 0;
        for (const Row& row : slow.rows) requests += std::get<6>(row);
        for (const std::size_t part : {std::size_t{1} << 20, std::size_t{1} + dice() % 300, std::size_t{4096}, std::size_t{70000}}) {
            INFO(part);
            const codec::IisLogReader fast = read(text, part);
            std::vector<Row> rows;
            for (const codec::LoggedUse& use : fast.uses()) rows.emplace_back(use.client, use.through, use.protocol, use.cipher, use.hash, use.key_exchange, use.count, use.first, use.last);
            CHECK(rows == slow.rows);
            CHECK(fast.requests() == requests);
            CHECK(fast.plain() == slow.plain);
            const Diagnostics said = fast.diagnostics();
            CHECK(said.size() == (slow.odd == 0 ? 0 : 1));
            if (slow.odd != 0 && !said.empty()) CHECK(said[0].message.starts_with(std::to_string(slow.odd) + ' '));
        }
    }
}

TEST_CASE("a log of many clients keeps each of them", "[codec]") {
    std::string text = "#Fields: date time c-ip crypt-protocol\n";
    const auto client = [](std::size_t number) { return number % 2 == 0 ? "10.0." + std::to_string(number / 256) + '.' + std::to_string(number % 256) : "2001:db8:0:1:2:3:4:" + std::to_string(number); };
    for (std::size_t number = 0; number < 5000; ++number) text += "2026-10-01 06:00:00 " + client(number) + " 400\n" + (number % 3 == 0 ? "2026-10-02 06:00:00 " + client(number) + " 400\n" : "");
    const std::vector<codec::LoggedUse> uses = read(text).uses();
    REQUIRE(uses.size() == 5000);
    bool all_right = true;
    for (std::size_t number = 0; number < 5000; ++number) {
        all_right = all_right && uses[number].client == client(number) && uses[number].count == (number % 3 == 0 ? 2 : 1) && uses[number].last == (number % 3 == 0 ? "2026-10-02 06:00:00" : "2026-10-01 06:00:00");
    }
    CHECK(all_right);
}
