#include "schancfg/codec/iis_log.hpp"

#include <algorithm>
#include <memory>

#include "codec/iis_log_lines.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

bool contains_no_case(std::string_view text, std::string_view part) {
    for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
        if (utf::equal_no_case(text.substr(at, part.size()), part)) return true;
    }
    return false;
}

/// `"198.51.100.20,+198.51.100.21"`: the client is the first of them; a port and brackets go.
std::string_view address_in(std::string_view text) {
    if (text.starts_with('"')) text.remove_prefix(1);
    text = text.substr(0, text.find_first_of(",\"+;"));
    if (text.starts_with('[')) return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
    if (const std::size_t zone = text.find('%'); zone != std::string_view::npos) text = text.substr(0, zone);
    return text;
}

bool is_none(std::string_view text) { return text.empty() || (text.size() == 1 && text.front() == '-'); }

}  // namespace

IisLogReader::IisLogReader(std::string file) : file_(std::move(file)) {}

void IisLogReader::read_lines(std::string_view& bytes) {
    const auto lines = std::make_unique_for_overwrite<iis::Lines>();
    while (!bytes.empty()) {
        iis::Line line;
        if (lines->find(bytes, iis_max_line)) {
            while (lines->next(line)) read_line(line);
            bytes.remove_prefix(lines->size());
            continue;
        }
        const std::size_t end = bytes.find('\n');
        if (end == std::string_view::npos) return;
        // Too long, or of too many words.
        line.text = bytes.substr(0, end);
        line.blank_count = iis::most_fields;
        read_line(line);
        bytes.remove_prefix(end + 1);
    }
}

void IisLogReader::add(std::string_view bytes) {
    if (!rest_.empty()) {
        const std::size_t end = bytes.find('\n');
        if (rest_.size() <= iis_max_line) rest_.append(bytes.substr(0, std::min(end, iis_max_line)));
        if (end == std::string_view::npos) return;
        read_rest();
        bytes.remove_prefix(end + 1);
    }
    read_lines(bytes);
    rest_ = bytes.substr(0, iis_max_line + 1);
}

void IisLogReader::read_rest() {
    if (rest_.empty()) return;
    rest_ += '\n';
    std::string_view last = rest_;
    read_lines(last);
    rest_.clear();
}

void IisLogReader::finish() {
    read_rest();
    uses_.settle();
}

void IisLogReader::read_line(iis::Line& line) {
    ++line_;
    std::string_view& text = line.text;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (line_ == 1 && !is_part_ && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    // IIS fills the end of the file that it writes with NULs.
    while (text.ends_with('\0')) text.remove_suffix(1);
    if (text.empty()) return;
    if (text.front() == '#') return read_directive(text);
    if (!state_.has_fields) {
        if (before_fields_++ == 0) first_odd_ = line_;
        return;
    }
    read_request(line);
}

void IisLogReader::read_directive(std::string_view line) {
    if (line.starts_with("#Fields:")) return read_fields(line.substr(8));
    if (line.starts_with("#Date:")) {
        const std::string_view text = line.substr(std::min(line.find_first_not_of(' ', 6), line.size()));
        state_.date = text.substr(0, 10);
        had_date_ = true;
    }
}

void IisLogReader::read_fields(std::string_view names) {
    state_.fields = {};
    state_.has_fields = true;
    while (names.ends_with(' ')) names.remove_suffix(1);
    for (std::size_t place = 0;; ++place) {
        names.remove_prefix(std::min(names.find_first_not_of(' '), names.size()));
        if (names.empty()) {
            state_.fields.count = place;
            break;
        }
        const std::string_view name = names.substr(0, names.find(' '));
        names.remove_prefix(name.size());
        const bool is_crypt = contains_no_case(name, "crypt");
        const auto take = [&](std::size_t& field, bool is_it) {
            if (is_it && field == Fields::none) field = place;
        };
        take(state_.fields.date, utf::equal_no_case(name, "date"));
        take(state_.fields.time, utf::equal_no_case(name, "time"));
        take(state_.fields.client, utf::equal_no_case(name, "c-ip"));
        take(state_.fields.forwarded, contains_no_case(name, "forwarded-for") || contains_no_case(name, "forwardedfor") || contains_no_case(name, "forwarded_for"));
        take(state_.fields.protocol, is_crypt && contains_no_case(name, "protocol"));
        take(state_.fields.key_exchange, is_crypt && (contains_no_case(name, "keyexchange") || contains_no_case(name, "key-exchange") || contains_no_case(name, "kex")));
        take(state_.fields.cipher, is_crypt && contains_no_case(name, "cipher"));
        take(state_.fields.hash, is_crypt && contains_no_case(name, "hash"));
    }
    had_protocol_ = had_protocol_ || state_.fields.protocol != Fields::none;
}

void IisLogReader::read_request(const iis::Line& line) {
    const Fields& fields = state_.fields;
    if (line.text.size() > iis_max_line || line.words() != fields.count || fields.count > iis::most_fields) {
        if (odd_++ == 0) first_odd_ = line_;
        return;
    }
    if (fields.protocol == Fields::none) {
        if (without_protocol_++ == 0) first_without_ = line_;
        return;
    }
    used_begun_date_ = used_begun_date_ || (fields.date == Fields::none && !had_date_);
    const std::string_view protocol = line.word(fields.protocol);
    if (protocol.empty() || (protocol.size() == 1 && (protocol.front() == '-' || protocol.front() == '0'))) {
        ++plain_;
        return;
    }
    std::string_view connection = line.word(fields.client);
    if (connection.starts_with('[')) connection = address_in(connection);
    const std::string_view forwarded = line.word(fields.forwarded);
    const bool is_direct = is_none(forwarded);
    const std::string_view client = is_direct ? connection : address_in(forwarded);
    uses_.count({client, is_direct || client == connection ? std::string_view{} : connection, {protocol, line.word(fields.cipher), line.word(fields.hash), line.word(fields.key_exchange)},
                 fields.date == Fields::none ? std::string_view(state_.date) : line.word(fields.date), line.word(fields.time)},
                line.text.data());
}

IisLogReader IisLogReader::part() const {
    IisLogReader out(file_);
    out.state_ = out.begun_ = state_;
    out.is_part_ = true;
    return out;
}

bool IisLogReader::is_before(const IisLogReader& part) const {
    return state_.fields == part.begun_.fields && state_.has_fields == part.begun_.has_fields && (state_.date == part.begun_.date || !part.used_begun_date_);
}

void IisLogReader::append(IisLogReader&& part) {
    if (!part.had_date_) part.state_.date = state_.date;
    const auto first = [&](std::uint64_t& mine, bool has_mine, std::uint64_t its, bool has_its) {
        if (!has_mine && has_its) mine = line_ + its;
    };
    first(first_odd_, odd_ + before_fields_ != 0, part.first_odd_, part.odd_ + part.before_fields_ != 0);
    first(first_without_, without_protocol_ != 0, part.first_without_, part.without_protocol_ != 0);
    line_ += part.line_;
    plain_ += part.plain_;
    odd_ += part.odd_;
    before_fields_ += part.before_fields_;
    without_protocol_ += part.without_protocol_;
    had_protocol_ = had_protocol_ || part.had_protocol_;
    state_ = std::move(part.state_);
    uses_.add(part.uses_);
}

Diagnostics IisLogReader::diagnostics() const {
    Diagnostics out;
    const auto say = [&](std::string_view rule, Severity severity, std::uint64_t line, std::string message, std::string fix) {
        out.push_back({std::string(rule), severity, {file_, static_cast<std::uint32_t>(std::min<std::uint64_t>(line, ~std::uint32_t{0})), 0}, std::move(message), std::move(fix)});
    };
    if (!state_.has_fields) {
        say("iis-log-format", Severity::error, before_fields_ != 0 ? first_odd_ : 0, "this is not a W3C extended log of IIS: no line begins with #Fields:", {});
        return out;
    }
    if (!had_protocol_) {
        say("iis-log-no-tls", Severity::error, 0, "no #Fields: line of the log names CRYPT_PROTOCOL, so it does not say which TLS was used",
            "in IIS Manager, Logging, Select Fields, add the server variables CRYPT_PROTOCOL, CRYPT_CIPHER_ALG_ID, CRYPT_HASH_ALG_ID and CRYPT_KEYEXCHANGE_ALG_ID");
        return out;
    }
    const auto lines = [](std::uint64_t count) { return std::to_string(count) + (count == 1 ? " line" : " lines"); };
    if (odd_ + before_fields_ != 0) {
        say("iis-log-line", Severity::warning, first_odd_, lines(odd_ + before_fields_) + " left out, from this one on: not as many fields as the #Fields: line says", {});
    }
    if (without_protocol_ != 0) {
        say("iis-log-no-protocol", Severity::warning, first_without_, lines(without_protocol_) + " left out, from this one on: logged before the field CRYPT_PROTOCOL was added", {});
    }
    if (uses_.is_full()) say("iis-log-limit", Severity::error, 0, "the log holds more than 4,194,304 clients and ways to connect", "give fewer days at once");
    return out;
}

}  // namespace schancfg::codec
