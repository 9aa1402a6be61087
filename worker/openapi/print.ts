import { app } from "../app";
import { openApiOf } from "./document";

/** The document as the site's build writes it down. */
export const document = openApiOf(app.routes);
