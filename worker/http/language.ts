import * as z from "zod";

/** A language as BCP 47 names it. */
export const Language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "must be a language such as en-US");
