import { describe, expect, it } from "vitest";
import { targetOf } from "./web-target";

const reason = (url: string, loopback = false) => {
	const target = targetOf(url, { loopback });
	return "refused" in target ? target.refused : "";
};

describe("an address that we may send to", () => {
	it.each([
		"https://hooks.example.com/in?a=1",
		"https://8.8.8.8/",
		"https://[2606:4700::1111]/",
		"https://a.example.org:8443/x",
	])("is on the public internet: %s", (url) => {
		expect(reason(url)).toBe("");
	});

	it.each([
		["http://hooks.example.com/", /https/],
		["ftp://hooks.example.com/", /https/],
		["file:///etc/passwd", /https/],
		["javascript:alert(1)", /https/],
		["hooks.example.com", /not an address/],
		["https://me:secret@hooks.example.com/", /password/],
		["https://localhost/", /public/],
		["https://LOCALHOST./", /public/],
		["https://a.localhost/", /public/],
		["https://intranet/", /public/],
		["https://db.internal/", /public/],
		["https://metadata.google.internal/", /public/],
		["https://printer.local/", /public/],
		["https://127.0.0.1/", /public/],
		["https://127.1/", /public/],
		["https://2130706433/", /public/],
		["https://0x7f000001/", /public/],
		["https://0177.0.0.1/", /public/],
		["https://0/", /public/],
		["https://10.1.2.3/", /public/],
		["https://100.64.0.1/", /public/],
		["https://169.254.169.254/latest/meta-data", /public/],
		["https://172.16.0.1/", /public/],
		["https://172.31.255.255/", /public/],
		["https://192.168.1.1/", /public/],
		["https://198.19.0.1/", /public/],
		["https://224.0.0.1/", /public/],
		["https://255.255.255.255/", /public/],
		["https://[::1]/", /public/],
		["https://[::]/", /public/],
		["https://[::ffff:127.0.0.1]/", /public/],
		["https://[::ffff:a00:1]/", /public/],
		["https://[64:ff9b::7f00:1]/", /public/],
		["https://[fe80::1]/", /public/],
		["https://[fd00::1]/", /public/],
		["https://[2002:7f00:1::]/", /public/],
		["https://[2001:0:7f00:1::]/", /public/],
		["https://[2001:db8::1]/", /public/],
		["https://①②⑦.⓪.⓪.①/", /public/],
	])("is not %s", (url, why) => {
		expect(reason(url)).toMatch(why);
	});

	it("is on this machine only where that is allowed", () => {
		expect(reason("http://127.0.0.1:9000/", true)).toBe("");
		expect(reason("http://localhost:9000/", true)).toBe("");
		expect(reason("http://10.0.0.1/", true)).toMatch(/https/);
		expect(reason("https://[::ffff:127.0.0.1]/", true)).toMatch(/public/);
	});
});
