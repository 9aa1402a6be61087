import * as z from "zod/mini";

// zod would try out whether it may compile code, which the pages' security policy forbids and the browser reports.
z.config({ jitless: true });
