import type { Context, TypedResponse } from "hono";
import type { HttpEnv } from "./http-env";
import type { JsonText } from "./pages";

/** Answers 200 with it. */
export function answerText<Value>(
	c: Context<HttpEnv>,
	{ text }: JsonText<Value>,
): Response & TypedResponse<Value, 200, "json"> {
	return c.body(text, 200, { "content-type": "application/json" }) as unknown as Response &
		TypedResponse<Value, 200, "json">;
}
