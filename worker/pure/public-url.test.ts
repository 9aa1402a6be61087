import { describe, expect, it } from "vitest";
import { isPublicUrl } from "./public-url";

describe("an address that strangers may fetch from", () => {
	it.each(["https://example.com/a.png", "https://cdn.example.co.uk/a?b=c", "https://8.8.8.8/a"])("is %s", (url) => {
		expect(isPublicUrl(new URL(url))).toBe(true);
	});

	it.each([
		"http://example.com/a.png",
		"ftp://example.com/a.png",
		"data:image/png;base64,AAAA",
		"https://user:pass@example.com/",
		"https://example.com:8443/",
		"https://localhost/",
		"https://printer/",
		"https://db.internal/",
		"https://metadata.google.internal/",
		"https://127.0.0.1/",
		"https://2130706433/",
		"https://0x7f.1/",
		"https://10.0.0.1/",
		"https://100.64.0.1/",
		"https://169.254.169.254/latest/meta-data/",
		"https://172.16.0.1/",
		"https://192.168.1.1/",
		"https://198.18.0.1/",
		"https://224.0.0.1/",
		"https://[::1]/",
		"https://[::ffff:10.0.0.1]/",
		"https://127.0.0.1./",
	])("is not %s", (url) => {
		expect(isPublicUrl(new URL(url))).toBe(false);
	});
});
