const METADATA = /\/libphonenumber-js\/metadata\.max\.json(\.js)?$/;

/**
 * The numbering plans as one text that is read when the first number is: a literal would be made at every start, and is larger. `D` and
 * `<` stand for what fills the patterns and neither is in them.
 */
export function lazyPlans() {
	return {
		name: "lazy-plans",
		enforce: "pre",
		load: {
			filter: { id: METADATA },
			async handler() {
				const { default: metadata } = await import("libphonenumber-js/max/metadata");
				return { code: moduleOf(metadata), moduleType: "js" };
			},
		},
	};
}

/** The source of a module with the same default export. */
export function moduleOf(metadata) {
	const text = JSON.stringify(metadata);
	if (/[D<]/.test(text.replace(/"[A-Z]{2}"/g, ""))) throw new Error("The plans have a letter that is ours to use.");
	const short = text.replaceAll("\\\\d", "D").replaceAll("(?:", "<");
	return `let plans;
const read = () => (plans ??= JSON.parse(${JSON.stringify(short)}.replace(/"[A-Z]{2}"|D|</g, (found) => found === "D" ? "\\\\\\\\d" : found === "<" ? "(?:" : found)));
export default {
	get version() { return read().version; },
	get country_calling_codes() { return read().country_calling_codes; },
	get countries() { return read().countries; },
	get nonGeographic() { return read().nonGeographic; },
};`;
}
