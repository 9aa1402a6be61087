const NAME =
	/^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const AT_HOME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|test|invalid|example|onion|arpa)$/;

/** [first address, length of the prefix] of what is not the public internet (RFC 6890 and its kin). */
const NOT_PUBLIC: [string, number][] = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
];

/**
 * The host as the whole internet writes it, or null when it is none that everybody can reach: no private, local or reserved address in
 * any notation (`0x7f.1`, `::ffff:10.0.0.1`), no name without a domain, nothing but a host (no port, path or user).
 */
export function sipHost(input: string): string | null {
	const text = input.trim().toLowerCase().replace(/\.$/, "");
	if (text === "" || text.length > 255 || /[\s/?#@\\%]/.test(text)) return null;
	const isBare6 = text.includes(":") && !text.startsWith("[");
	const url = `http://${isBare6 ? `[${text}]` : text}`;
	if (!URL.canParse(url)) return null;
	const { hostname, port, username, pathname } = new URL(url);
	if (port !== "" || username !== "" || pathname !== "/" || (!isBare6 && /:\d*$/.test(text) && !text.endsWith("]")))
		return null;
	if (hostname.startsWith("[")) return isPublic6(hostname.slice(1, -1)) ? hostname : null;
	if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return isPublic4(hostname) ? hostname : null;
	return NAME.test(hostname) && !AT_HOME.test(hostname) ? hostname : null;
}

function isPublic4(address: string): boolean {
	const asked = numberOf(address);
	return !NOT_PUBLIC.some(([first, length]) => (asked ^ numberOf(first)) >>> (32 - length) === 0);
}

// Only what is handed out to networks, and none of the ranges in which an IPv4 address hides.
function isPublic6(address: string): boolean {
	const [first = "0", second = "0"] = address.split(":");
	const head = Number.parseInt(first || "0", 16);
	const next = Number.parseInt(second || "0", 16);
	if (head < 0x2000 || head > 0x3fff || head === 0x2002) return false;
	return head !== 0x2001 || (next > 0x01ff && next !== 0x0db8);
}

const numberOf = (address: string) =>
	address.split(".").reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0) | 0;
