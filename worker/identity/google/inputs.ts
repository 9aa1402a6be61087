import * as z from "zod";

/** A path of our own site: starts with one slash, and no browser takes it for another host. */
export const OwnPath = z
	.string()
	.max(500)
	.regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u)
	.catch("/dashboard");

export const StartQuery = z.object({ next: OwnPath.default("/dashboard") });

export const HandshakeCookie = z.object({
	state: z.string(),
	nonce: z.string(),
	verifier: z.string(),
	next: OwnPath,
	until: z.number(),
});
export type HandshakeCookie = z.output<typeof HandshakeCookie>;
