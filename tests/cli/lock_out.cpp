// What nobody can connect to any more: doctor, lint, the alarms of diff, and apply, which refuses it and writes nothing.
#include "session/execution.hpp"

#include <filesystem>
#include <memory>
#include <random>
#include <set>

#include "effect/generated.hpp"
#include "inputs/circumstances.hpp"
#include "modern_peers.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/lint/lint.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/patch.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;
using facts::Role;

namespace {

/// Profiles that people write, the harmful ones among them.
class Profiles {
public:
    explicit Profiles(unsigned seed) : random_(seed) {}

    std::string next(const facts::Release& release) {
        std::string body = "format = 1\n[protocols]\n";
        const std::size_t harm = 1 + pick(4);
        for (const char* protocol : {"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}) {
            constexpr const char* states[] = {"\"disabled\"", "\"enabled\"", "\"default\"", "\"on-request\"", R"({ server = "disabled" })", R"({ client = "disabled" })"};
            if (pick(harm) == 0) body.append("\"").append(protocol).append("\" = ").append(states[pick(std::size(states))]).append("\n");
        }
        body += "[ciphers]\n";
        for (const char* cipher : {"AES 128/128", "AES 256/256", "Triple DES 168", "RC4 128/128"}) switch_off(body, cipher, 4);
        body += "[hashes]\n";
        for (const char* hash : {"SHA", "SHA256", "SHA384"}) switch_off(body, hash, 7);
        body += "[key_exchange_algorithms]\n";
        for (const char* exchange : {"ECDH", "Diffie-Hellman", "PKCS"}) switch_off(body, exchange, 6);
        if (pick(3) == 0) {
            body += "[cipher_suites.policy]\norder = [\"TLS_RSA_WITH_NULL_SHA256\"";
            std::set<std::string_view> named{"TLS_RSA_WITH_NULL_SHA256"};  // the page of Vista has a suite for each of its protocols
            for (const facts::ReleaseSuite& row : facts::suites_of(release)) {
                if (pick(8) == 0 && named.insert(row.suite).second) body.append(", \"").append(row.suite).append("\"");
            }
            body += "]\n";
        }
        if (pick(5) == 0 && facts::has_curve_list(release)) body.append("[elliptic_curves.policy]\norder = [\"").append(pick(2) == 0 ? "brainpoolP256r1" : "NistP384").append("\"]\n");
        return body;
    }

private:
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
    void switch_off(std::string& body, std::string_view name, std::size_t one_in) {
        if (pick(one_in) == 0) body.append("\"").append(name).append("\" = \"disabled\"\n");
    }

    std::mt19937 random_;
};

struct Ending {
    cli::Outcome<cli::ExitCode> outcome = cli::ExitCode::done;
    bool untouched = false, recorded = false;
};

/// `apply --yes`, with further options, of that plan on that state.
Ending applied(const plan::Plan& plan, const registry::Tree& state, const facts::Release& release, const lint::Alarms& alarms, std::vector<std::string> more) {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("schancfg-lock-out-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(folder);
    const std::filesystem::path record = folder / "record.json";
    std::vector<std::string> words{"--yes", "--quiet", "--output", (folder / "plan.txt").string(), "--backup", record.string()};
    words.insert(words.end(), more.begin(), more.end());
    const auto options = cli::Options::parse(*cli::find_command("apply"), words);
    REQUIRE(options);
    cli::Log log;
    log.configure(cli::Verbosity::quiet, cli::LogFormat::text);
    auto registry = std::make_unique<backend::MemoryRegistry>(registry::copy_of(state), "memory:test");
    const backend::MemoryRegistry& watched = *registry;
    backend::OpenedTarget target{std::move(registry), backend::Kind::memory, "memory:test", &release, "test", {}};
    cli::Job job{"apply", "profile:test", plan, {}};
    job.alarms = alarms;
    Ending out;
    out.outcome = cli::execute({*options, log}, job, *cli::decisions_of(*options), target);
    out.untouched = watched.tree().same_content(state);
    out.recorded = std::filesystem::exists(record) || std::filesystem::exists(folder / "plan.txt");
    std::filesystem::remove_all(folder);
    return out;
}

bool has_error(const lint::Findings& findings) {
    return std::ranges::any_of(findings, [](const lint::Finding& each) { return each.severity == Severity::error; });
}

}  // namespace

TEST_CASE("What leaves a role without any peer of today is an error of lint and an alarm, and apply --yes refuses it and writes nothing", "[cli][law]") {
    const test::ModernPeers peers;
    test::States states(20261127);
    Profiles profiles(12);
    std::size_t refused = 0, unreachable = 0, done = 0;
    for (int round = 0; round < test::slow_law_states(300); ++round) {
        auto [release, state] = states.next();
        const bool untouched = states.one_in(2);
        if (untouched) state = schannel::untouched(*release);
        const std::string body = profiles.next(*release);
        CAPTURE(round, release->id, body);
        const auto profile = codec::decode_profile(body, "p.toml", {});
        REQUIRE(profile);
        const auto wanted = schannel::translate(*profile.value, {.release = release});
        if (!wanted) continue;  // a list of which the release knows nothing
        const plan::Plan plan = plan::make(state, *wanted.value, release);
        if (plan.empty()) continue;
        const cli::Transition transition = cli::transition_of(plan, state, release, {});
        const lint::Alarms alarms = cli::alarms_of(transition, plan);

        lint::LintOptions options;
        options.releases = {release};
        bool any = false;
        for (const Role role : {Role::client, Role::server}) {
            if (peers.reach(*transition.effect_after, role)) continue;
            CAPTURE(facts::role_name(role));
            if (peers.surely_reach(effect::evaluate(schannel::untouched(*release), *release), role)) {
                CHECK(has_error(lint::lint_state(transition.after, "after", options)));
                if (untouched) CHECK(has_error(lint::lint_profile(*profile.value, options)));
            }
            if (!peers.surely_reach(*transition.effect_before, role)) continue;
            any = true;
            CHECK(std::ranges::any_of(alarms, [&](const lint::Alarm& each) { return each.locks_out && (!each.role || *each.role == role); }));
        }
        unreachable += any;
        const bool locks_out = std::ranges::any_of(alarms, &lint::Alarm::locks_out);
        if (!locks_out && round % 10 != 0) continue;  // each that is carried out is flushed to the disk
        const Ending ending = applied(plan, state, *release, alarms, {});
        CHECK(ending.untouched == locks_out);
        CHECK(ending.recorded == !locks_out);
        CHECK(ending.outcome.has_value() == !locks_out);
        if (!locks_out) {
            ++done;
            continue;
        }
        ++refused;
        CHECK(ending.outcome.error().code == cli::ExitCode::usage);
        CHECK(ending.outcome.error().lines.front().message.find("--allow-lock-out") != std::string::npos);
        if (refused % 10 != 0) continue;
        const Ending allowed = applied(plan, state, *release, alarms, {"--allow-lock-out"});
        CHECK(allowed.outcome.has_value());
        CHECK_FALSE(allowed.untouched);
    }
    CHECK(unreachable > 40);
    CHECK(refused >= unreachable);
    CHECK(done > 5);
}
