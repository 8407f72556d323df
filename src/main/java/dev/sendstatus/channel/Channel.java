package dev.sendstatus.channel;

/** A way to reach people. Each call makes one attempt, which ends within half a minute. Any thread; closing ends an attempt under way. */
interface Channel extends AutoCloseable {

    ChannelAnswer send(Message message);

    @Override
    void close();
}
