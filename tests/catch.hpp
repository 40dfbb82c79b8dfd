// The one place that knows where Catch2's header is: Debian 12 has version 2, vcpkg has version 3.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
