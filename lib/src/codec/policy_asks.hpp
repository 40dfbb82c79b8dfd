// What the variants of a carrier ask for, value by value, for the files of a policy.
#pragma once

#include <functional>
#include <vector>

#include "schancfg/codec/carrier.hpp"
#include "schancfg/codec/gpp_xml.hpp"

namespace schancfg::codec {

/// One for each value and each thing that is asked of it; releases empty where every machine is meant. What no file of a policy says is added to `gaps`.
[[nodiscard]] std::vector<GppAsk> asks_of(const std::vector<CarrierVariant>& variants, std::vector<CarrierGap>& gaps);


/// Calls `take(first, count)` for the asks about each value or key, which stand together as asks_of leaves them.
void for_each_value(const std::vector<GppAsk>& asks, const std::function<void(const GppAsk*, std::size_t)>& take);

/// What a file without conditions can say of these: the one thing that all of `variants` releases are asked for, or the longest list, where the others are the same with
/// names left out (what a release does not know is not asked of it). nullptr: nothing.
[[nodiscard]] const GppAsk* for_every_release(const GppAsk* first, std::size_t count, const std::vector<CarrierVariant>& variants);

/// By key and value, each once.
void sort_gaps(std::vector<CarrierGap>& gaps);

}  // namespace schancfg::codec
