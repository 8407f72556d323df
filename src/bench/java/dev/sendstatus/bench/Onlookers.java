package dev.sendstatus.bench;

/** The others that a server has to do with while callbacks come. */
interface Onlookers {
    Onlookers NONE = () -> () -> {};

    /** @return ends them, and fails if they did not get what they asked for */
    AutoCloseable begin() throws Exception;
}
