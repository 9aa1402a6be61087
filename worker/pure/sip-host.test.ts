import { describe, expect, it } from "vitest";
import { sipHost } from "./sip-host";

describe("a host that everybody can reach", () => {
	it.each([
		["sip.example-carrier.com", "sip.example-carrier.com"],
		["SIP.Carrier.IO.", "sip.carrier.io"],
		["8.8.8.8", "8.8.8.8"],
		["2606:4700::1111", "[2606:4700::1111]"],
		["[2606:4700::1111]", "[2606:4700::1111]"],
		["xn--bcher-kva.de", "xn--bcher-kva.de"],
	])("%s is written %s", (input, host) => {
		expect(sipHost(input)).toBe(host);
	});

	it.each([
		"",
		" ",
		"localhost",
		"pbx",
		"pbx.local",
		"db.internal",
		"metadata.google.internal",
		"127.0.0.1",
		"127.1",
		"0x7f.0.0.1",
		"2130706433",
		"017700000001",
		"0.0.0.0",
		"10.1.2.3",
		"100.64.0.1",
		"169.254.169.254",
		"172.31.255.255",
		"192.168.0.1",
		"224.0.0.1",
		"255.255.255.255",
		"::1",
		"::",
		"::ffff:10.0.0.1",
		"::ffff:8.8.8.8",
		"fe80::1",
		"fd00::1",
		"2002:7f00:1::",
		"2001:db8::1",
		"64:ff9b::7f00:1",
		"sip.example.com:5060",
		"user@sip.carrier.com",
		"user:pass@sip.carrier.com",
		"sip.carrier.com/path",
		"sip.carrier.com?x=1",
		"sip.carrier.com#x",
		"sip:carrier.com",
		"carrier.com:",
		"-bad.com",
		"a..com",
		`${"a".repeat(64)}.com`,
		"sip.carrier.com\n.evil.com",
		"１２７.0.0.1",
	])("%j is none", (input) => {
		expect(sipHost(input)).toBeNull();
	});
});
