package io.servicelake.ml.attrition;

/** Rates that are fitted together, and how many there are. */
public enum Part {
  /** Maintenance visits per round of the maker's clock, by punctuality and cell of the clock. */
  CURVE(Classes.PUNCTUALITIES * Cells.CURVE),

  /** Factor of maintenance, by how diligent a person is. */
  DILIGENCE(Classes.DILIGENCES),

  /** Factor of maintenance, by age of the vehicle. */
  AGE(Cells.AGES),

  /** Factor of maintenance, by the way to the dealer. */
  WAY(Cells.WAYS),

  /** Repair visits per step, by use and odometer. */
  REPAIR(Cells.PACES * Cells.ODOMETERS),

  /** Factor of repairs, by how much trouble a person's vehicles give. */
  FRAILTY(Classes.FRAILTIES),

  /** Factor of repairs, by age of the vehicle. */
  REPAIR_AGE(Cells.AGES),

  /** Factor of repairs, by the time since the last one. */
  REPAIR_SINCE(Cells.SINCE),

  /** Accident visits per step, by use. */
  ACCIDENT(Cells.PACES),

  /** Other visits per step, by age of the vehicle. */
  OTHER(Cells.AGES),

  /** Factor of all visits, by month of the year. */
  MONTH(12),

  /** What is left of visits for each purpose after leaving. */
  REMAINING(Purpose.values().length),

  /**
   * Shares of persons that had left before their first visit with the vehicle held longest, by what
   * it was for and how long after the sale it came.
   */
  START(Cells.STARTS),

  /** Leaving per step of a person without a reason to. */
  LEAVING(1),

  /** Factor of leaving, by attachment. */
  ATTACHMENT(Classes.ATTACHMENTS),

  /** Factor of leaving: in warranty, in the half year after, later. */
  WARRANTY(Cells.WARRANTIES),

  /** Factor of leaving, by fading grievance. */
  GRIEVANCE(Cells.GRIEVANCES),

  /** Factor of leaving, by the way to the dealer. */
  LEAVING_WAY(Cells.WAYS),

  /** Shares of the classes of persons. */
  CLASS(Classes.ALL);

  final int size;

  Part(int size) {
    this.size = size;
  }
}
