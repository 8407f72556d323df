package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The daily report, or those of several days, as channels tell it.
 *
 * @param note for a chat
 * @param data for a program
 */
public record ReportParts(String subject, Note note, ObjectNode data, Message.Mail mail) {}
