#include "schancfg/handshake/end.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::handshake {

using schannel::Answer;

Answer BitsTaken::takes(int bits) const {
    if (!read) return Answer::unknown;
    if (bits == 0) return taken_from == 0 ? Answer::yes : Answer::unknown;
    if (bits < refused_below) return Answer::no;
    return bits >= taken_from ? Answer::yes : Answer::unknown;
}

const Missing* End::find_missing(Missing::Kind kind, std::string_view name) const {
    const auto found = std::ranges::find_if(missing, [&](const Missing& each) {
        return each.kind == kind && utf::equal_no_case(each.name, name);
    });
    return found == missing.end() ? nullptr : &*found;
}

End make_end(schannel::Peer peer, std::string label) {
    End end;
    end.kind = peer.tool.empty() ? EndKind::described : EndKind::seen;
    end.label = label.empty() ? peer.address() : std::move(label);
    if (end.label.empty()) end.label = std::string("the ").append(facts::role_name(peer.role));
    end.peer = std::move(peer);
    // A file that names no minimum says nothing of short keys; that somebody refuses 2048 bits it would have to say (the maximum).
    constexpr int usual = 2048;
    const auto taken = [](int minimum) { return BitsTaken{minimum, minimum == 0 ? usual : minimum, true, {}, {}, {}}; };
    end.dh = taken(end.peer.dh_min_bits);
    end.rsa = taken(end.peer.rsa_min_bits);
    return end;
}

}  // namespace schancfg::handshake
