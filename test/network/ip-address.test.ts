import { isLoopback, isWildcard } from "../../components/network/ip-address";

test.each(["127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"])(
  "%s is this machine alone",
  (address) => {
    expect([isLoopback(address), isWildcard(address)]).toEqual([true, false]);
  },
);

test.each(["0.0.0.0", "::", ""])('"%s" is every address', (address) => {
  expect([isLoopback(address), isWildcard(address)]).toEqual([false, true]);
});

test.each(["10.0.0.1", "::2", "2001:db8::1", "1.127.0.1"])("%s is neither", (address) => {
  expect([isLoopback(address), isWildcard(address)]).toEqual([false, false]);
});
