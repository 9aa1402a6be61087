import { KeySheet } from "../kit/KeySheet";
import { opener } from "./over";

/** Opens the sheet of all keys. */
export const openKeySheet = opener(KeySheet);
