package dev.sendstatus.provider.rest;

import java.util.function.Function;

/** Proves to a provider's API whose calls they are. No printed form has a secret in it. Safe for use by several threads. */
public interface ApiAuthorization {
    /** Makes that call with credentials; the answer may be why there are none. */
    RestAnswer authorized(Function<ApiCredentials, RestAnswer> call);
}
