// What the phone shows, loaded after the page itself: nobody calls in the first moment, and every page carries the phone.
export { DialPanel } from "./DialPanel";
export { IncomingCall } from "./IncomingCall";
export { RunningCall } from "./RunningCall";
