/** The files that say what goes in and out; shapes of other files are in use wherever they are. */
const SHAPES = /\/worker\/(?:.*\/inputs|http\/pages|http\/outcome)\.ts$/;
const FUNCTION = /Function/;
const ROOMS = /\/worker\/(?!http\/valid).*\.ts$/;

/**
 * Leaves out what only the OpenAPI document reads: the `says(...)` of every route, which would also be a step of every request, and then
 * the shapes of answers that nothing else names, since making a shape is declared to have no effect.
 */
export function withoutDocument() {
	return {
		name: "without-document",
		enforce: "pre",
		transform: {
			filter: { id: ROOMS },
			async handler(code, id) {
				const { parseAst } = await import("vite");
				const edits = editsOf(parseAst(code, { lang: "ts" }), SHAPES.test(id));
				if (edits.length === 0) return null;
				let text = code;
				for (const { from, to, put } of edits.sort((a, b) => b.from - a.from))
					text = text.slice(0, from) + put + text.slice(to);
				return { code: text, map: null };
			},
		},
	};
}

function editsOf(program, hasShapes) {
	const edits = [];
	for (const call of callsIn(program))
		for (const [at, argument] of call.arguments.entries())
			if (argument.callee?.name === "says")
				edits.push({ from: argument.start, to: call.arguments[at + 1]?.start ?? argument.end, put: "" });
	const starts = new Set(
		hasShapes ? constantsIn(program).flatMap((value) => [...callsIn(value, FUNCTION)].map(({ start }) => start)) : [],
	);
	for (const start of starts) edits.push({ from: start, to: start, put: "/* @__PURE__ */ " });
	return edits;
}

function constantsIn({ body }) {
	return body.flatMap((statement) => {
		const { declarations = [] } = statement.declaration ?? statement;
		return declarations.map(({ init }) => init);
	});
}

/**
 * Every call in a piece of program, but for what is within nodes of a type that is left alone: a function of a shape tells what is wrong
 * by a call whose answer nobody reads, and which must not count as one without effect.
 */
function* callsIn(node, leftAlone) {
	if (node === null || typeof node !== "object" || leftAlone?.test(node.type)) return;
	if (node.type === "CallExpression") yield node;
	for (const inner of Object.values(node)) yield* callsIn(inner, leftAlone);
}
