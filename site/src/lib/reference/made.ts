import text from "../../../.astro/openapi/openapi.json?raw";
import { type Reference, referenceOf } from "./document";

/** What the API says of itself, as it was made for this build. Pages import it while they are built; no browser does. */
export const REFERENCE: Reference = referenceOf(JSON.parse(text));

/** Where an area's operations are told. */
export const pageOf = (slug: string) => `/docs/api/${slug}`;
