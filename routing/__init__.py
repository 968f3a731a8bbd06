"""How work finds an agent.

The way of a work item::

    arrives -> [classification] -> [route to queue] -> waits in a queue
                                                          |  assignment cycle, or pick
                                                          v
    closed <- wrap-up <- in conversation <- accepted <- offered
                              |                 declined, missed: back to the queue
                              +-> waiting for the customer -> returns to a queue

``service`` is the one door. ``configuration`` publishes what administrators edit,
``engine`` decides without touching anything, ``dispatcher`` loads, decides and
commits in batches, ``actions`` are people's own moves, ``sweeps`` let time act.

Lock order, everywhere: work item, record, assignment, agent load, profile loads by id,
presence. A consult is changed behind the lock of its item, and has none of its own.
Whoever needs several rows of one sort locks them by ascending id. Definitions come before
people: skills, attributes of agents, profiles, presences, hours, queues, and then administrators,
the person's account, the agent.

Signals of the lower apps and their receivers (``receivers``), all inside the
transaction of the change:

========================  =======================  ==================================
signal                    of                       reaches
========================  =======================  ==================================
work_item_arrived         workstreams.signals      service.route
record_created            workstreams.signals      route_new_record
record_ended              workstreams.signals      close_record_item
preferred_agents_changed  workstreams.signals      a wake-up for each queue
queue_members_changed     workstreams.signals      a wake-up for each queue
work_items_moved          workstreams.signals      a wake-up for each queue
configuration_changed     workstreams.signals      service.publish
configuration_changed     agents.signals           service.publish
presence_changed          agents.signals           a wake-up for each agent
capacity_changed          agents.signals           a wake-up for each agent
skills_changed            agents.signals           a wake-up for each agent
attributes_changed        agents.signals           a wake-up for each agent
process_started           config.lifetime          published models are read
process_ending            config.lifetime          and no longer looked for
========================  =======================  ==================================

Promises: design I1 to I7; the database refuses what would break I2, I3 and I7.
"""
