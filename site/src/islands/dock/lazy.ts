import type { Engine } from "./engine";
import { overCarrier } from "./state";

/** The phone itself. It is bigger than most pages need at first, so it comes once somebody is signed in. */
export const phone = (carrier = overCarrier.peek()): Promise<Engine> =>
	carrier ? import("./carrier-phone") : import("./phone");

/** The phone's face, likewise. */
export const panels = () => import("./panels");
