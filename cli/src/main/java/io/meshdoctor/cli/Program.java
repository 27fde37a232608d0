package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleBase;
import java.util.Map;
import java.util.function.Function;

/**
 * What the commands need from outside; nothing of it is made before a command asks for it.
 *
 * @param name how the user calls this program
 * @param terminal where its output is read
 * @param progressWidth how many characters a line has where progress is watched; 0 if nobody does
 * @param environment environment variables
 * @param diagnoser diagnoses one mesh
 * @param examiner reads one mesh for other questions
 * @param world the clusters that are probed
 * @param rules makes ready the rules that a run uses
 */
record Program(
    String name,
    Terminal terminal,
    int progressWidth,
    Map<String, String> environment,
    Diagnoser diagnoser,
    Examiner examiner,
    ProbeWorld world,
    Function<RuleChoice, RuleBase> rules) {}
