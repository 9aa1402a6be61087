import { zValidator } from "@hono/zod-validator";
import type { MiddlewareHandler, ValidationTargets } from "hono";
import type * as z from "zod";
import { Fault } from "../errors";
import { camelNames } from "./wire-case";

/** What a route expects and says of itself; the OpenAPI document is made from these. */
export interface RouteNote {
	summary?: string;
	answers?: { status: number; shape: z.ZodType | null };
	input?: { target: keyof ValidationTargets; shape: z.ZodType };
}

const notes = new WeakMap<object, RouteNote>();

/** The note that a handler of `app.routes` carries, if any. */
export function noteOf(handler: object): RouteNote | undefined {
	return notes.get(handler);
}

function noted<H extends object>(handler: H, note: RouteNote): H {
	notes.set(handler, note);
	return handler;
}

/** Says what a route does and answers, for the OpenAPI document. `shape` null: no JSON body. */
export function says(summary: string, status: number, shape: z.ZodType | null): MiddlewareHandler {
	return noted<MiddlewareHandler>((_, next) => next(), { summary, answers: { status, shape } });
}

/**
 * The only way in for foreign data: accepts snake_case names, checks the shape, and hands the typed value to `c.req.valid(target)`.
 * Answers 422 with one line per wrong input, 400 for JSON that cannot be read, 415 for a body of another type.
 */
export function valid<Shape extends z.ZodType, Target extends keyof ValidationTargets>(target: Target, shape: Shape) {
	const handler = zValidator(
		target,
		shape,
		(result, c) => {
			// A body of another type counts as none, which would suit every shape that requires nothing.
			if (
				target === "json" &&
				!/^application\/([\w.+-]+\+)?json/i.test(c.req.header("content-type") ?? "") &&
				hasBody(c.req.raw)
			)
				throw new Fault("wrong_type", "Send JSON with content-type application/json");
			if (result.success) return;
			const details = result.error.issues.flatMap((issue) => linesOf(issue));
			throw new Fault(
				"invalid_input",
				details[0] ? `${details[0].path || "input"}: ${details[0].message}` : "invalid",
				{
					details,
				},
			);
		},
		// At once: no shape here asks anybody. Its result is what is expected of any shape, which TypeScript cannot see of all at once.
		{ validationFunction: (known, value) => known.safeParse(camelNames(value)) as never },
	);
	return noted(handler, { input: { target, shape } });
}

/** One line per wrong input. Of several shapes that would do, the one that the input comes nearest to tells what is wrong. */
function linesOf(issue: z.core.$ZodIssue, above: PropertyKey[] = []): { path: string; message: string }[] {
	const path = [...above, ...issue.path];
	if (issue.code !== "invalid_union" || issue.errors.length === 0)
		return [{ path: path.join("."), message: issue.message }];
	const nearest = issue.errors.reduce((best, other) => (distanceOf(other) < distanceOf(best) ? other : best));
	return nearest.flatMap((inner) => linesOf(inner, path));
}

/** A name that a shape does not know says more than a wrong value that the input means another shape. */
const distanceOf = (issues: z.core.$ZodIssue[]) =>
	issues.length + 100 * issues.filter(({ code }) => code === "unrecognized_keys").length;

function hasBody(request: Request): boolean {
	return request.body !== null && request.headers.get("content-length") !== "0";
}
