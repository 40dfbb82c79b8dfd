#!/usr/bin/perl
# The ranges of is_unprintable (lib/src/text.cpp), from the Unicode data that perl brings along.
use strict;
use warnings;
no warnings 'nonchar', 'surrogate';
use Unicode::UCD;

my @ranges;
my $start = -1;
for my $point (0 .. 0x110000) {
    my $unprintable = 0;
    if ($point <= 0x10FFFF) {
        my $character = chr $point;
        $unprintable = $character =~ /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/
            || ($character =~ /\p{White_Space}/ && $point != 0x20)
            || $point == 0x2800;
    }
    if ($unprintable) { $start = $point if $start < 0; next }
    push @ranges, sprintf '{0x%04X, 0x%04X}', $start, $point - 1 if $start >= 0;
    $start = -1;
}
printf "// Unicode %s, %d ranges.\n", Unicode::UCD::UnicodeVersion(), scalar @ranges;
while (my @line = splice @ranges, 0, 6) { print '    ', join(', ', @line), ",\n" }
