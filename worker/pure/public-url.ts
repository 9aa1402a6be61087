/**
 * True for an address on the open internet that strangers may be told to fetch from: https, a full host name or a public IPv4 address,
 * the usual port, no credentials. Numbers in any spelling come out of `URL` as dotted ones. IPv6 addresses are refused as a whole.
 */
export function isPublicUrl(url: URL): boolean {
	const { protocol, hostname, port, username, password } = url;
	if (protocol !== "https:" || port !== "" || username !== "" || password !== "") return false;
	const host = hostname.toLowerCase().replace(/\.$/, "");
	if (host.startsWith("[")) return false;
	const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host)?.slice(1).map(Number);
	if (octets) return isPublicIpv4(octets);
	return host.includes(".") && !INSIDE.test(host);
}

const INSIDE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/;

function isPublicIpv4([a = 0, b = 0, c = 0]: number[]): boolean {
	if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
	if (a === 100 && b >= 64 && b < 128) return false;
	if (a === 169 && b === 254) return false;
	if (a === 172 && b >= 16 && b < 32) return false;
	if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) return false;
	if (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) return false;
	return !(a === 203 && b === 0 && c === 113);
}
