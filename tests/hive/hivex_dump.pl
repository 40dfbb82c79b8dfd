#!/usr/bin/perl
# hivex_dump.pl FILE: what hive_dump prints, as libhivex reads it.
use strict;
use warnings;
use Encode;
use Win::Hivex;

my $hive = Win::Hivex->open($ARGV[0]);

sub hexed { return unpack("H*", Encode::is_utf8($_[0]) ? encode("UTF-8", $_[0]) : $_[0]); }

sub dump_key {
    my ($node, $path) = @_;
    print "key $path\n";
    for my $value ($hive->node_values($node)) {
        my ($type, $bytes) = $hive->value_value($value);
        print "value $path|", hexed($hive->value_key($value)), "|$type|", unpack("H*", $bytes), "\n";
    }
    for my $child ($hive->node_children($node)) {
        my $name = hexed($hive->node_name($child));
        dump_key($child, $path eq "" ? $name : "$path/$name");
    }
}

dump_key($hive->root(), "");
