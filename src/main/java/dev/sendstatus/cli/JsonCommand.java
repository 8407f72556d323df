package dev.sendstatus.cli;

import picocli.CommandLine.Option;

/** A command whose answer is for a person, or with {@code --json} for a program. */
abstract class JsonCommand extends BaseCommand {
    @Option(names = "--json", description = "Print JSON.")
    boolean json;
}
