const BROWSERS: [RegExp, string][] = [
	[/Edg\//, "Edge"],
	[/OPR\//, "Opera"],
	[/Firefox\//, "Firefox"],
	[/Chrome\//, "Chrome"],
	[/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
	[/iPhone|iPad/, "iOS"],
	[/Android/, "Android"],
	[/Windows/, "Windows"],
	[/Mac OS X/, "macOS"],
	[/Linux/, "Linux"],
];

/** "Firefox on Linux" from what a browser says of itself. */
export function deviceWord(userAgent: string): string {
	const named = (words: [RegExp, string][]) => words.find(([pattern]) => pattern.test(userAgent))?.[1];
	const browser = named(BROWSERS);
	const system = named(SYSTEMS);
	if (browser && system) return `${browser} on ${system}`;
	return browser ?? system ?? (userAgent.split(/[\s/]/)[0] || "Unknown device");
}
